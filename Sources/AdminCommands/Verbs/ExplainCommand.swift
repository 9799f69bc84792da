import ArgumentParser
import LocalAPI

struct ExplainCommand: Verb {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "explain",
            abstract: "Say what would happen if a person asked for a reset or an unlock now, and why.",
            discussion: """
                Examples:
                  latchkeyctl explain alice
                  latchkeyctl --json explain alice
                """
        )
    }

    @OptionGroup var global: GlobalOptions

    @Argument(help: "The login of a living person.")
    var login: String

    func perform(_ session: AdminSession) async throws -> ExitStatus {
        let path = Routes.fill(Routes.Admin.explanation, login)
        _ = try await session.show(ExplanationDocument.self, path, as: Self.text)
        return .done
    }

    private static func text(_ explanation: ExplanationDocument) -> String {
        var facts = Facts()
        facts.add("Login", explanation.user.login)
        facts.add("State", explanation.user.account.state + (explanation.live ? " (read now)" : " (from the mirror)"))
        facts.add("Policy", explanation.policy ?? "none")
        facts.add("Registration", explanation.user.registration)
        if let gates = explanation.gates { facts.add("Proofs", "\(gates.reset) to reset, \(gates.unlock) to unlock") }
        facts.add("Can reset", explanation.canReset ? "yes" : "no")
        facts.add("Can unlock", explanation.canUnlock ? "yes" : "no")
        let findings = explanation.findings.map { finding in
            let mark = finding.blocks ? "x " : "- "
            return Facts.wrap(VisibleText.of(finding.text), width: Table.width - 4)
                .enumerated().map { ($0.offset == 0 ? mark : "  ") + $0.element }.joined(separator: "\n")
        }
        return ([facts.text] + findings).joined(separator: "\n")
    }
}
