import ArgumentParser
import LocalAPI

struct UsersShowCommand: Verb {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "show",
            abstract: "Show one person as the mirror has them.",
            discussion: """
                Examples:
                  latchkeyctl users show alice
                  latchkeyctl --json users show alice
                """
        )
    }

    @OptionGroup var global: GlobalOptions

    @Argument(help: "The login of a living person.")
    var login: String

    func perform(_ session: AdminSession) async throws -> ExitStatus {
        _ = try await session.show(UserDocument.self, Routes.fill(Routes.Admin.user, login), as: Self.text)
        return .done
    }

    private static func text(_ user: UserDocument) -> String {
        var facts = Facts()
        facts.add("Login", user.login)
        facts.add("Name", user.displayName)
        facts.add("Email", user.email)
        facts.add("DN", user.dn)
        facts.add("Id", user.id)
        facts.add("Roles", user.roles.isEmpty ? "none" : user.roles.joined(separator: ", "))
        facts.add("State", state(user.account))
        facts.add("Registration", user.registration)
        facts.add("As of", "\(LocalTime.text(user.freshness.asOf)) (\(user.freshness.state))")
        return facts.text
    }

    private static func state(_ account: UserDocument.Account) -> String {
        let cause: String? =
            switch account.lock {
            case "failedAttempts": "by failed attempts"
            case "administrator": "by an administrator"
            default: account.lock
            }
        let since = account.since.map { "since \(LocalTime.text($0))" }
        return ([account.state] + [cause, since].compactMap(\.self)).joined(separator: " ")
    }
}
