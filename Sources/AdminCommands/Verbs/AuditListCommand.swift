import ArgumentParser
import LocalAPI

struct AuditListCommand: Verb {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "list",
            abstract: "List decisions, the oldest first.",
            discussion: """
                With --json the API's pages come one to a line.

                Examples:
                  latchkeyctl audit list
                  latchkeyctl audit list --after 1000 --limit 50
                """
        )
    }

    @OptionGroup var global: GlobalOptions

    @Option(help: "Only records with a higher number.")
    var after: Int64 = 0

    @Option(help: "At most so many records.")
    var limit: Int?

    func validate() throws {
        if after < 0 { throw ValidationError("--after must not be negative.") }
        if let limit, limit < 1 { throw ValidationError("--limit must be at least 1.") }
    }

    private static let columns = [
        Table.Column(title: "NO", limit: 8), Table.Column(title: "TIME", limit: 19),
        Table.Column(title: "ACTOR", limit: 14), Table.Column(title: "ACTION", limit: 22),
        Table.Column(title: "RESULT", limit: 7),
    ]

    func perform(_ session: AdminSession) async throws -> ExitStatus {
        var shown = 0
        var cursor: String? = String(after)
        var table: Table?
        repeat {
            let size = min(UserListing.pageSize, (limit ?? .max) - shown)
            let path = Routes.query(Routes.Admin.audit, [("limit", String(size)), ("cursor", cursor)])
            let (page, bytes) = try await session.ask(ListDocument<AuditRecordDocument>.self, path)
            if session.json { session.print(bytes) } else { show(page.items, in: &table, session.console) }
            shown += page.items.count
            cursor = page.next
        } while cursor != nil && shown < (limit ?? .max)
        return .done
    }

    private func show(_ records: [AuditRecordDocument], in table: inout Table?, _ console: Console) {
        let used = table ?? Table(Self.columns, sample: records.map(Self.row))
        if table == nil { console.line(records.isEmpty ? "No records." : used.head) }
        table = used
        for record in records {
            console.line(used.row(Self.row(record)))
            let details = record.details.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
            let all = (record.subject.map { ["person=\($0)"] } ?? []) + details
            let text = VisibleText.of(all.joined(separator: " "))
            for line in Facts.wrap(text, width: Table.width - 4) where !line.isEmpty { console.line("    " + line) }
        }
    }

    private static func row(_ record: AuditRecordDocument) -> [String] {
        let actor = record.actor.name ?? record.actor.uid.map { "uid \($0)" } ?? record.actor.kind
        return [String(record.sequence), LocalTime.text(record.time), actor, record.action, record.result]
    }
}
