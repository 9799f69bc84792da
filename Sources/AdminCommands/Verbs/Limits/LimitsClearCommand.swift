import ArgumentParser
import LocalAPI

struct LimitsClearCommand: Verb {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "clear",
            abstract: "Forget somebody's failed attempts, so that they may try again at once.",
            discussion: """
                Sign-ins, wrong answers and passes. What was sent to them stays counted.

                Examples:
                  latchkeyctl limits clear alice --reason "typed the old code, ticket 4711"
                """
        )
    }

    @OptionGroup var global: GlobalOptions
    @OptionGroup var why: ReasonOption

    @Argument(help: "The login of a living person.")
    var login: String

    func perform(_ session: AdminSession) async throws -> ExitStatus {
        let body = ReasonRequest(reason: try why.text(session.console))
        let path = Routes.fill(Routes.Admin.userLimitClearings, login)
        return try await session.act(ChangedDocument.self, path, body: body) { document in
            document.changed ? "Forgotten." : "There were no failed attempts."
        }
    }
}
