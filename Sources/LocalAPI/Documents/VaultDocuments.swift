package import Foundation

/// How the vault stands to its keys. Ids tell nothing of the keys.
package struct VaultKeysDocument: Codable, Sendable, Equatable {
    /// The id of the configured key that wraps the vault's own.
    package var configuredKey: String
    /// The id of the vault's own key that writes now.
    package var writingKey: String
    package var formerKeys: [String]
    /// Records that are still under a former key, by table.
    package var remaining: [String: Int]
    /// Nothing is left under a former key.
    package var complete: Bool

    package init(
        configuredKey: String,
        writingKey: String,
        formerKeys: [String],
        remaining: [String: Int],
        complete: Bool
    ) {
        self.configuredKey = configuredKey
        self.writingKey = writingKey
        self.formerKeys = formerKeys
        self.remaining = remaining
        self.complete = complete
    }
}

/// A backup that was written.
package struct BackupDocument: Codable, Sendable, Equatable {
    package var path: String
    package var time: Date
    package var bytes: Int
    package var people: Int
    package var methods: Int
    package var auditSequence: Int64
    /// The id of the configured key that opens it.
    package var key: String

    package init(
        path: String,
        time: Date,
        bytes: Int,
        people: Int,
        methods: Int,
        auditSequence: Int64,
        key: String
    ) {
        self.path = path
        self.time = time
        self.bytes = bytes
        self.people = people
        self.methods = methods
        self.auditSequence = auditSequence
        self.key = key
    }
}

/// What was erased.
package struct ErasureDocument: Codable, Sendable, Equatable {
    /// The directory's id of the person.
    package var id: String
    package var methods: Int
    /// Whether the audit named the person; it does not any more.
    package var audit: Bool

    package init(id: String, methods: Int, audit: Bool) {
        self.id = id
        self.methods = methods
        self.audit = audit
    }
}
