/// A registration held against its policy.
package struct RegistrationDocument: Codable, Sendable, Equatable {
    package struct Missing: Codable, Sendable, Equatable {
        package var code: String
        package var kind: String?
        package var text: String

        package init(code: String, kind: String?, text: String) {
            self.code = code
            self.kind = kind
            self.text = text
        }
    }

    package struct Policy: Codable, Sendable, Equatable {
        package struct Method: Codable, Sendable, Equatable {
            package var kind: String
            package var via: [String]

            package init(kind: String, via: [String]) {
                self.kind = kind
                self.via = via
            }
        }

        /// The questions to choose from.
        package struct Questions: Codable, Sendable, Equatable {
            /// How many are answered.
            package var register: Int
            package var bank: [QuestionDocument]

            package init(register: Int, bank: [QuestionDocument]) {
                self.register = register
                self.bank = bank
            }
        }

        package var name: String
        package var methods: [Method]
        package var minimum: Int
        package var strong: Int
        package var questions: Questions?

        package init(name: String, methods: [Method], minimum: Int, strong: Int) {
            self.name = name
            self.methods = methods
            self.minimum = minimum
            self.strong = strong
        }
    }

    /// `complete`, `incomplete` or `reconfirm`.
    package var state: String
    /// Whether the person has what the policy asks for.
    package var registered: Bool
    package var missing: [Missing]
    package var methods: [MethodDocument]
    package var policy: Policy

    package init(state: String, registered: Bool, missing: [Missing], methods: [MethodDocument], policy: Policy) {
        self.state = state
        self.registered = registered
        self.missing = missing
        self.methods = methods
        self.policy = policy
    }
}
