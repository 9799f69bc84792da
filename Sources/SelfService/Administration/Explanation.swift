package import Foundation
package import Identity

/// What would happen now if this person asked for a reset or an unlock, and why. For the helpdesk.
package struct Explanation: Sendable, Equatable {
    /// One finding: a stable code, whether it stands in the way, and a sentence.
    package struct Finding: Sendable, Equatable {
        package var code: String
        package var blocks: Bool
        package var text: String

        package init(code: String, blocks: Bool, text: String) {
            self.code = code
            self.blocks = blocks
            self.text = text
        }
    }

    package var user: User
    /// Whether the account was read live; else `user` is the mirror's view.
    package var isLive: Bool
    package var policyName: String?
    /// The role that the policy matched by; nil for a policy for everybody, or one that is remembered.
    package var policyRole: String?
    /// Why the roles are not simply believed.
    package var doubt: RoleDoubt?
    package var resetGates: Int?
    package var unlockGates: Int?
    package var registration: RegistrationView.State?
    package var canReset: Bool
    package var canUnlock: Bool
    package var findings: [Finding]
    /// Every registered method, with why it counts or not.
    package var methods: [MethodStanding] = []
    /// What the registration lacks.
    package var missing: [MissingItem] = []
    package var frozenSince: Date?

    package init(user: User, isLive: Bool, findings: [Finding] = [], canReset: Bool = false, canUnlock: Bool = false) {
        self.user = user
        self.isLive = isLive
        self.findings = findings
        self.canReset = canReset
        self.canUnlock = canUnlock
    }
}
