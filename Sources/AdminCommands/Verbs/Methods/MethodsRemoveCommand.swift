import ArgumentParser
import LocalAPI

struct MethodsRemoveCommand: Verb {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "remove",
            abstract: "Remove one of a person's methods, or all of them.",
            discussion: """
                For somebody who lost what they had. Sessions, codes and passes end. When nothing is left, the \
                person registers as if for the first time, as the policy's `enrol` says: with `enrol: password` \
                whoever knows the password may, so be sure that this is only the person, and issue a pass where \
                the policy asks for one.

                Examples:
                  latchkeyctl methods remove alice 0f1e2d3c4b5a69788796a5b4c3d2e1f0 --reason "lost the phone"
                  latchkeyctl methods remove alice --all --reason "ticket 4711: lost the authenticator app"
                """
        )
    }

    @OptionGroup var global: GlobalOptions
    @OptionGroup var why: ReasonOption

    @Flag(help: "All of them.")
    var all = false

    @Argument(help: "The login of a living person.")
    var login: String

    @Argument(help: "The method's id, as `methods list` shows it.")
    var id: String?

    func validate() throws {
        if (id == nil) != all { throw ValidationError("Give either the method's id or --all.") }
    }

    func perform(_ session: AdminSession) async throws -> ExitStatus {
        let body = RemoveMethodsRequest(id: id, all: all ? true : nil, reason: try why.text(session.console))
        let path = Routes.fill(Routes.Admin.userRemovals, login)
        return try await session.act(RemovedMethodsDocument.self, path, body: body) { document in
            "Removed: \(document.removed)."
        }
    }
}
