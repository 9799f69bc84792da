package import Foundation

/// What would happen now if this person asked for a reset or an unlock, and why.
package struct ExplanationDocument: Codable, Sendable, Equatable {
    package struct Finding: Codable, Sendable, Equatable {
        package var code: String
        /// Whether it stands in the way.
        package var blocks: Bool
        package var text: String

        package init(code: String, blocks: Bool, text: String) {
            self.code = code
            self.blocks = blocks
            self.text = text
        }
    }

    /// How many proofs each purpose needs.
    package struct Gates: Codable, Sendable, Equatable {
        package var reset: Int
        package var unlock: Int

        package init(reset: Int, unlock: Int) {
            self.reset = reset
            self.unlock = unlock
        }
    }

    /// One registered method. Never its value.
    package struct Method: Codable, Sendable, Equatable {
        package var id: String
        package var kind: String
        package var hint: String
        /// Whether it may pass a gate now.
        package var usable: Bool
        package var usableFrom: Date?
        package var findings: [Finding]

        package init(id: String, kind: String, hint: String, usable: Bool, usableFrom: Date?, findings: [Finding]) {
            self.id = id
            self.kind = kind
            self.hint = hint
            self.usable = usable
            self.usableFrom = usableFrom
            self.findings = findings
        }
    }

    /// Why the roles are not simply believed: the strictest recent policy holds.
    package struct Doubt: Codable, Sendable, Equatable {
        /// `held-entry`, `held-role` or `roles-unread`.
        package var code: String
        package var roles: [String]

        package init(code: String, roles: [String]) {
            self.code = code
            self.roles = roles
        }
    }

    /// Something that the registration lacks.
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

    package var user: UserDocument
    /// Whether the account was read from the directory just now, and not from the mirror.
    package var live: Bool
    package var policy: String?
    /// The role that the policy matched by; absent for a policy for everybody, or one that is remembered.
    package var role: String?
    package var doubt: Doubt?
    package var gates: Gates?
    package var canReset: Bool
    package var canUnlock: Bool
    package var findings: [Finding]
    package var methods: [Method] = []
    package var missing: [Missing] = []
    package var frozenSince: Date?
    package var freshness: FreshnessDocument

    package init(user: UserDocument, live: Bool, canReset: Bool, canUnlock: Bool, findings: [Finding]) {
        self.user = user
        self.live = live
        self.canReset = canReset
        self.canUnlock = canUnlock
        self.findings = findings
        freshness = user.freshness
    }
}
