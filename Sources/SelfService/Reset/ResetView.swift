package import Foundation

/// A reset as the front end sees it. A decoy's looks the same.
package struct ResetView: Sendable, Equatable {
    package var expiresAt: Date
    package var purpose: ResetPurpose
    package var methods: [ResetMethod]
    package var required: Int
    package var passed: Int

    package init(expiresAt: Date, purpose: ResetPurpose, methods: [ResetMethod], required: Int, passed: Int) {
        self.expiresAt = expiresAt
        self.purpose = purpose
        self.methods = methods
        self.required = required
        self.passed = passed
    }
}

/// A method that may pass a gate.
package struct ResetMethod: Sendable, Equatable {
    package var id: String
    package var kind: MethodKind
    package var hint: String
    package var via: [Via]

    package init(id: String, kind: MethodKind, hint: String, via: [Via]) {
        self.id = id
        self.kind = kind
        self.hint = hint
        self.via = via
    }
}
