import ArgumentParser
import LocalAPI

struct RolesShowCommand: Verb {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "show",
            abstract: "Show one role and the people who hold it, directly or through nesting.",
            discussion: """
                Examples:
                  latchkeyctl roles show staff
                  latchkeyctl --json roles show staff
                """
        )
    }

    @OptionGroup var global: GlobalOptions

    @Option(help: "Which one, where several groups bear the name.")
    var id: String?

    @Argument(help: "The name of the role.")
    var name: String

    func perform(_ session: AdminSession) async throws -> ExitStatus {
        var cursor: String?
        var isFirst = true
        repeat {
            let path = Routes.query(
                Routes.fill(Routes.Admin.role, name),
                [("limit", String(UserListing.pageSize)), ("cursor", cursor), ("id", id)]
            )
            let (page, bytes) = try await session.ask(RoleMembersDocument.self, path)
            if session.json { session.print(bytes) } else { show(page, isFirst: isFirst, session.console) }
            isFirst = false
            cursor = page.next
        } while cursor != nil
        return .done
    }

    private func show(_ role: RoleMembersDocument, isFirst: Bool, _ console: Console) {
        if isFirst {
            var facts = Facts()
            facts.add("Role", role.name)
            facts.add("DN", role.dn)
            facts.add("Id", role.id)
            facts.add("Members", String(role.members))
            console.line(facts.text)
        }
        let rows = role.items.map { ["", $0.login, $0.displayName ?? "", $0.account.state] }
        let columns = [("", 0), ("", 24), ("", 38), ("", 8)].map { Table.Column(title: $0.0, limit: $0.1) }
        let table = Table(columns, sample: rows)
        for row in rows { console.line(table.row(row)) }
    }
}
