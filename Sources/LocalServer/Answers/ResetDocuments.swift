import LocalAPI
import SelfService

extension ResetDocument {
    init(_ view: ResetView, token: String? = nil) {
        self.init(
            token: token,
            expiresAt: view.expiresAt,
            purpose: view.purpose.rawValue,
            methods: view.methods.map { method in
                Method(id: method.id, kind: method.kind.rawValue, hint: method.hint, via: method.via.map(\.rawValue))
            },
            gates: Gates(required: view.required, passed: view.passed)
        )
    }
}

extension OutcomeDocument {
    init(_ outcome: WriteOutcome) {
        self.init(
            outcome: outcome.result.rawValue,
            reason: outcome.reason?.rawValue,
            unlocked: outcome.unlocked,
            notEnforced: outcome.notEnforced.isEmpty ? nil : outcome.notEnforced,
            lockedOn: outcome.lockedOn.isEmpty ? nil : outcome.lockedOn,
            mustChange: outcome.mustChange ? true : nil,
            directories: [
                DirectoryOutcomeDocument(
                    server: outcome.server,
                    outcome: outcome.result.rawValue,
                    reason: outcome.reason?.rawValue
                )
            ] + outcome.linked.map(DirectoryOutcomeDocument.init)
        )
    }
}

extension DirectoryOutcomeDocument {
    fileprivate init(_ linked: LinkedOutcome) {
        let outcome = linked.outcome
        self.init(
            name: linked.name,
            server: outcome.server,
            outcome: outcome.result.rawValue,
            reason: outcome.reason?.rawValue,
            notEnforced: outcome.notEnforced.isEmpty ? nil : outcome.notEnforced,
            lockedOn: outcome.lockedOn.isEmpty ? nil : outcome.lockedOn
        )
    }
}

extension RuleDocument {
    init(_ rule: PasswordRuleResult) {
        self.init(id: rule.id, text: rule.text, satisfied: rule.satisfied, source: rule.source.rawValue)
    }
}

extension CheckDocument {
    init(_ check: PasswordCheck) {
        self.init(
            acceptable: check.isAcceptable,
            rules: check.rules.map(RuleDocument.init),
            incomplete: check.isIncomplete
        )
    }
}
