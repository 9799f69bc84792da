package import Audit

/// The port to the keys of the private store.
package protocol KeyRotation: Sendable {
    func keyStatus() async throws -> KeyStatus

    /// New keys begin to write at once; records follow in the background.
    /// - Returns: false while an earlier rotation is under way.
    func rotateKeys(by actor: AuditActor) async throws -> Bool
}

/// How the private store stands to its keys. Ids tell nothing of the keys.
package struct KeyStatus: Sendable, Equatable {
    /// The id of the configured key that wraps the store's own.
    package var configuredKey: String
    /// The id of the store's own key that seals now.
    package var writingKey: String
    /// Those that are being left.
    package var formerKeys: [String]
    /// Records that are still under a former key, by table.
    package var remaining: [String: Int]

    package init(configuredKey: String, writingKey: String, formerKeys: [String], remaining: [String: Int]) {
        self.configuredKey = configuredKey
        self.writingKey = writingKey
        self.formerKeys = formerKeys
        self.remaining = remaining
    }

    /// Nothing stands under a former key any more, and there is none.
    package var isComplete: Bool { formerKeys.isEmpty && remaining.isEmpty }
}
