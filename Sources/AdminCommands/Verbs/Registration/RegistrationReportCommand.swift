import ArgumentParser
import LocalAPI

struct RegistrationReportCommand: Verb {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "report",
            abstract: "List who is registered, who can reset, who cannot, and why.",
            discussion: """
                States: registered, complete, reconfirm, incomplete, none, capable, incapable. DRIFT names kinds of \
                which what was proven is another value than the directory's. With --json the API's pages come one \
                to a line.

                Examples:
                  latchkeyctl registration report --state incapable
                  latchkeyctl registration report --role staff --csv > staff.csv
                """
        )
    }

    @OptionGroup var global: GlobalOptions

    @Option(help: "Only those who hold this role.")
    var role: String?

    @Option(help: "Only those in this state.")
    var state: String?

    @Flag(help: "Comma-separated values (RFC 4180).")
    var csv = false

    func validate() throws {
        let known = ["registered", "complete", "reconfirm", "incomplete", "none", "capable", "incapable"]
        if let state, !known.contains(state) {
            throw ValidationError("--state must be one of: \(known.joined(separator: ", ")).")
        }
        if csv, global.json { throw ValidationError("Give either --csv or --json.") }
    }

    private static let columns = [
        Table.Column(title: "LOGIN", limit: 14), Table.Column(title: "STATE", limit: 10),
        Table.Column(title: "METHODS", limit: 7), Table.Column(title: "RESET", limit: 5),
        Table.Column(title: "WHY", limit: 22), Table.Column(title: "DRIFT", limit: 12),
    ]
    private static let names = [
        "login", "name", "registration", "policy", "methods", "canReset", "canUnlock", "reasons", "drift",
    ]

    func perform(_ session: AdminSession) async throws -> ExitStatus {
        var cursor: String?
        var table: Table?
        var count = 0
        if csv { session.console.line(CSVLine.text(Self.names)) }
        repeat {
            let path = Routes.query(
                Routes.Admin.registrations,
                [("limit", String(UserListing.pageSize)), ("cursor", cursor), ("role", role), ("state", state)]
            )
            let (page, bytes) = try await session.ask(ListDocument<StandingDocument>.self, path)
            if session.json { session.print(bytes) } else { show(page.items, in: &table, session.console) }
            count += page.items.count
            cursor = page.next
        } while cursor != nil
        if count == 0, !csv, !session.json { session.console.line("Nobody.") }
        return .done
    }

    private func show(_ standings: [StandingDocument], in table: inout Table?, _ console: Console) {
        if csv { return standings.forEach { console.line(CSVLine.text(Self.fields($0))) } }
        let rows = standings.map { standing in
            [
                standing.login, standing.registration, String(standing.methods), standing.canReset ? "yes" : "no",
                standing.reasons.joined(separator: " "), standing.drift.joined(separator: " "),
            ]
        }
        if table == nil, !rows.isEmpty {
            let first = Table(Self.columns, sample: rows)
            console.line(first.head)
            table = first
        }
        for row in rows { if let table { console.line(table.row(row)) } }
    }

    private static func fields(_ standing: StandingDocument) -> [String] {
        [
            standing.login, standing.displayName ?? "", standing.registration, standing.policy ?? "",
            String(standing.methods), String(standing.canReset), String(standing.canUnlock),
            standing.reasons.joined(separator: " "), standing.drift.joined(separator: " "),
        ]
    }
}
