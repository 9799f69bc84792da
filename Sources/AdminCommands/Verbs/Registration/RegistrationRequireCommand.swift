import ArgumentParser
import LocalAPI

struct RegistrationRequireCommand: Verb {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "require",
            abstract: "Have people confirm at the next sign-in that everything is still theirs.",
            discussion: """
                With --role for all who hold a role and are registered; protected people are passed over.

                Examples:
                  latchkeyctl registration require alice --reason "moved abroad"
                  latchkeyctl registration require --role staff --reason "yearly review"
                """
        )
    }

    @OptionGroup var global: GlobalOptions
    @OptionGroup var why: ReasonOption

    @Option(help: "Everybody who holds this role.")
    var role: String?

    @Argument(help: "The login of a living person.")
    var login: String?

    func validate() throws {
        if (login == nil) == (role == nil) { throw ValidationError("Give either a login or --role.") }
    }

    func perform(_ session: AdminSession) async throws -> ExitStatus {
        let reason = try why.text(session.console)
        if let role { return try await require(role, reason, session) }
        let path = Routes.fill(Routes.Admin.userConfirmations, login ?? "")
        return try await session.act(RequirementDocument.self, path, body: ReasonRequest(reason: reason)) { _ in
            "To be confirmed at the next sign-in."
        }
    }

    /// Page by page: each is one answer.
    private func require(_ role: String, _ reason: String, _ session: AdminSession) async throws -> ExitStatus {
        var (required, passedOver) = (0, 0)
        var cursor: String?
        repeat {
            let body = RequireConfirmationsRequest(role: role, cursor: cursor, reason: reason)
            let (page, bytes) = try await session.ask(
                RequirementDocument.self,
                Routes.Admin.requiredConfirmations,
                method: "POST",
                body: try APIJSON.encode(body)
            )
            if session.json { session.print(bytes) }
            required += page.required
            passedOver += page.passedOver
            cursor = page.next
        } while cursor != nil
        if !session.json {
            session.console.line("\(required) to be confirmed at the next sign-in, \(passedOver) passed over.")
        }
        return .done
    }
}
