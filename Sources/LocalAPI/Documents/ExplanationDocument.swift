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

    package var user: UserDocument
    /// Whether the account was read from the directory just now, and not from the mirror.
    package var live: Bool
    package var policy: String?
    package var gates: Gates?
    package var canReset: Bool
    package var canUnlock: Bool
    package var findings: [Finding]
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
