import ArgumentParser
import LocalAPI

struct RolesListCommand: Verb {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "list",
            abstract: "List the roles and how many people hold them.",
            discussion: """
                Examples:
                  latchkeyctl roles list
                  latchkeyctl --json roles list
                """
        )
    }

    @OptionGroup var global: GlobalOptions

    private static let columns = [
        Table.Column(title: "ROLE", limit: 24), Table.Column(title: "MEMBERS", limit: 9),
        Table.Column(title: "DN", limit: 43),
    ]

    func perform(_ session: AdminSession) async throws -> ExitStatus {
        var cursor: String?
        var table: Table?
        repeat {
            let path = Routes.query(
                Routes.Admin.roles,
                [("limit", String(UserListing.pageSize)), ("cursor", cursor)]
            )
            let (page, bytes) = try await session.ask(ListDocument<RoleDocument>.self, path)
            if session.json { session.print(bytes) } else { show(page.items, in: &table, session) }
            cursor = page.next
        } while cursor != nil
        return .done
    }

    private func show(_ roles: [RoleDocument], in table: inout Table?, _ session: AdminSession) {
        let rows = roles.map { [$0.name, String($0.members), $0.dn] }
        let used = table ?? Table(Self.columns, sample: rows)
        if table == nil { session.console.line(rows.isEmpty ? "No roles." : used.head) }
        table = used
        for row in rows { session.console.line(used.row(row)) }
    }
}
