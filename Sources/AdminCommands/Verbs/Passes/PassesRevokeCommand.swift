import ArgumentParser
import LocalAPI

struct PassesRevokeCommand: Verb {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "revoke",
            abstract: "Revoke a pass that was not used yet.",
            discussion: """
                Examples:
                  latchkeyctl passes revoke alice --reason "issued for somebody else"
                """
        )
    }

    @OptionGroup var global: GlobalOptions
    @OptionGroup var why: ReasonOption

    @Argument(help: "The login of a living person.")
    var login: String

    func perform(_ session: AdminSession) async throws -> ExitStatus {
        let body = ReasonRequest(reason: try why.text(session.console))
        let path = Routes.fill(Routes.Admin.userRevocations, login)
        return try await session.act(ChangedDocument.self, path, body: body) { document in
            document.changed ? "Revoked." : "There was no pass."
        }
    }
}
