import ArgumentParser
import LocalAPI

struct PasswordResetCommand: Verb {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "reset",
            abstract: "Send somebody a link with which they reset their password.",
            discussion: """
                It goes to an address that they have registered and proven, and to no other; you are not told which. \
                What else their policy asks for they prove on the page. Who has no such address needs a pass \
                (latchkeyctl passes issue), or `latchkeyctl explain` tells why not.

                Examples:
                  latchkeyctl password reset alice --reason "called the helpdesk, ticket 4711"
                """
        )
    }

    @OptionGroup var global: GlobalOptions
    @OptionGroup var why: ReasonOption

    @Argument(help: "The login of a living person.")
    var login: String

    func perform(_ session: AdminSession) async throws -> ExitStatus {
        let body = ReasonRequest(reason: try why.text(session.console))
        let path = Routes.fill(Routes.Admin.userResetLinks, login)
        return try await session.act(ChangedDocument.self, path, body: body) { _ in
            "A link is on its way to \(VisibleText.of(login))."
        }
    }
}
