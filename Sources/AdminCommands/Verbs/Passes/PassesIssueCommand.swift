import ArgumentParser
import LocalAPI

struct PassesIssueCommand: Verb {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "issue",
            abstract: "Issue a pass with which a person signs in once, to register.",
            discussion: """
                It is shown once. A pass of before is replaced. The person is told wherever they have proven an \
                address. A password change, a freeze and `methods remove` end it.

                Examples:
                  latchkeyctl passes issue alice --reason "identity card shown, ticket 4711"
                  latchkeyctl passes issue alice --for 24h --reason "starts tomorrow"
                """
        )
    }

    @OptionGroup var global: GlobalOptions
    @OptionGroup var why: ReasonOption

    @Option(name: .customLong("for"), help: "How long it lives: 10m, 1h, 30d at most.")
    var lifetime: PassLifetime?

    @Argument(help: "The login of a living person.")
    var login: String

    func perform(_ session: AdminSession) async throws -> ExitStatus {
        let body = IssuePassRequest(lifetime: lifetime?.seconds, reason: try why.text(session.console))
        let path = Routes.fill(Routes.Admin.userPasses, login)
        return try await session.act(PassDocument.self, path, body: body) { document in
            var facts = Facts()
            facts.add("Pass", document.pass)
            facts.add("Until", LocalTime.text(document.expiresAt))
            return facts.text
        }
    }
}

/// `10m`, `24h`, `30d`.
struct PassLifetime: ExpressibleByArgument {
    let seconds: Int

    private static let units: [Character: Int] = ["m": 60, "h": 3600, "d": 86400]

    init?(argument: String) {
        guard
            let unit = argument.last.flatMap({ Self.units[$0] }), let count = Int32(argument.dropLast()), count > 0
        else { return nil }
        seconds = Int(count) * unit
    }
}
