package import Foundation

/// A reset and how far it is. A decoy's looks the same.
package struct ResetDocument: Codable, Sendable, Equatable {
    package struct Method: Codable, Sendable, Equatable {
        package var id: String
        package var kind: String
        package var hint: String
        package var via: [String]

        package init(id: String, kind: String, hint: String, via: [String]) {
            self.id = id
            self.kind = kind
            self.hint = hint
            self.via = via
        }
    }

    package struct Gates: Codable, Sendable, Equatable {
        package var required: Int
        package var passed: Int

        package init(required: Int, passed: Int) {
            self.required = required
            self.passed = passed
        }
    }

    /// Only in the answer that starts it.
    package var token: String?
    package var expiresAt: Date
    /// `reset` or `unlock`.
    package var purpose: String
    package var methods: [Method]
    package var gates: Gates

    package init(token: String?, expiresAt: Date, purpose: String, methods: [Method], gates: Gates) {
        self.token = token
        self.expiresAt = expiresAt
        self.purpose = purpose
        self.methods = methods
        self.gates = gates
    }
}
