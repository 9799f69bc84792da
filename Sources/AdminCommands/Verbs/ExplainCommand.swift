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
        facts.add(
            "Policy",
            explanation.policy.map { $0 + (explanation.role.map { ", by role \($0)" } ?? "") } ?? "none"
        )
        facts.add("Registration", explanation.user.registration)
        if let gates = explanation.gates { facts.add("Proofs", "\(gates.reset) to reset, \(gates.unlock) to unlock") }
        facts.add("Frozen since", explanation.frozenSince.map(LocalTime.text))
        facts.add("Can reset", explanation.canReset ? "yes" : "no")
        facts.add("Can unlock", explanation.canUnlock ? "yes" : "no")
        let methods = explanation.methods.flatMap(Self.method)
        let missing = explanation.missing.flatMap { lines("x ", $0.text) }
        return ([facts.text] + explanation.findings.flatMap(finding) + methods + missing).joined(separator: "\n")
    }

    private static func finding(_ finding: ExplanationDocument.Finding) -> [String] {
        lines(finding.blocks ? "x " : "- ", finding.text)
    }

    private static func method(_ method: ExplanationDocument.Method) -> [String] {
        let name = [method.kind, method.hint].filter { !$0.isEmpty }.joined(separator: " ")
        return lines(method.usable ? "- " : "x ", "\(name): \(method.usable ? "counts" : "does not count")")
            + method.findings.flatMap { lines("  ", $0.text) }
    }

    private static func lines(_ mark: String, _ text: String) -> [String] {
        Facts.wrap(VisibleText.of(text), width: Table.width - 4)
            .enumerated().map { ($0.offset == 0 ? mark : "  ") + $0.element }
    }
}
