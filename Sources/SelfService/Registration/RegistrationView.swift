package import Foundation

/// A person's registration held against their policy.
package struct RegistrationView: Sendable, Equatable {
    package enum State: String, Sendable, Codable, CaseIterable {
        case complete, incomplete
        /// Complete, but it is time to confirm that everything is still right.
        case reconfirm
    }

    package var state: State
    package var missing: [MissingItem]
    package var methods: [MethodView]
    package var policy: Policy

    package init(state: State, missing: [MissingItem], methods: [MethodView], policy: Policy) {
        self.state = state
        self.missing = missing
        self.methods = methods
        self.policy = policy
    }

    /// Whether the person has what the policy asks for.
    package var isRegistered: Bool { state != .incomplete }
}

/// One thing that is missing, as a code for programs and a text for people.
package struct MissingItem: Sendable, Equatable {
    /// `methods`, `strong-methods`, `confirmation`.
    package var code: String
    package var kind: MethodKind?
    package var text: String

    package init(code: String, kind: MethodKind? = nil, text: String) {
        self.code = code
        self.kind = kind
        self.text = text
    }
}

/// A method as its owner may see it at this moment.
package struct MethodView: Sendable, Equatable {
    package var method: RegisteredMethod
    /// Whether the full value may be shown: only after a fresh proof.
    package var showsValue: Bool
    package var via: [Via]
    /// When it may be used for a reset; nil while it is not verified.
    package var usableFrom: Date?

    package init(method: RegisteredMethod, showsValue: Bool, via: [Via], usableFrom: Date?) {
        self.method = method
        self.showsValue = showsValue
        self.via = via
        self.usableFrom = usableFrom
    }
}

/// A method just added, with what is shown of it once.
package struct AddedMethod: Sendable {
    package var method: MethodView
    package var shown: ShownOnce?

    package init(method: MethodView, shown: ShownOnce? = nil) {
        self.method = method
        self.shown = shown
    }
}

/// A challenge as the page shows it.
package struct ChallengeView: Sendable, Equatable {
    package var challenge: Challenge
    package var questions: [QuestionRule.Question]?

    package init(_ challenge: Challenge, policy: Policy) {
        self.challenge = challenge
        questions = challenge.questionIDs.map { ids in
            policy.questions?.questions(ids) ?? ids.map { QuestionRule.Question(id: $0, text: $0) }
        }
    }
}
