import ArgumentParser
import LocalAPI

struct FreezeLiftCommand: Verb {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "lift",
            abstract: "Let resets and changes go on for a person.",
            discussion: """
                Examples:
                  latchkeyctl freeze lift alice --reason "called back, all is well"
                """
        )
    }

    @OptionGroup var global: GlobalOptions
    @OptionGroup var why: ReasonOption

    @Argument(help: "The login of a living person.")
    var login: String

    func perform(_ session: AdminSession) async throws -> ExitStatus {
        let body = ReasonRequest(reason: try why.text(session.console))
        let path = Routes.fill(Routes.Admin.userFreezeLiftings, login)
        return try await session.act(ChangedDocument.self, path, body: body) { document in
            document.changed ? "Lifted." : "The person was not frozen."
        }
    }
}
