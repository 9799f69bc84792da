import ArgumentParser
import LocalAPI

struct FreezeSetCommand: Verb {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "set",
            abstract: "Stop resets and changes for a person, and end what is under way.",
            discussion: """
                Examples:
                  latchkeyctl freeze set alice --reason "suspicious calls, ticket 4711"
                """
        )
    }

    @OptionGroup var global: GlobalOptions
    @OptionGroup var why: ReasonOption

    @Argument(help: "The login of a living person.")
    var login: String

    func perform(_ session: AdminSession) async throws -> ExitStatus {
        let body = ReasonRequest(reason: try why.text(session.console))
        let path = Routes.fill(Routes.Admin.userFreezes, login)
        return try await session.act(ChangedDocument.self, path, body: body) { document in
            document.changed ? "Frozen." : "Frozen."
        }
    }
}
