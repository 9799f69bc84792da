package import Audit
package import Foundation

/// The port that writes backups of the private store.
package protocol VaultBackup: Sendable {
    /// Writes a backup while everything goes on: private (0600), whole, on disk, and as closed as the store itself.
    /// - Parameter directory: an absolute path.
    /// - Throws: ``BackupRefusal`` for a directory that does not do, or what the store throws.
    func backUp(to directory: String, by actor: AuditActor) async throws -> BackupReport
}

/// The directory does not do; what is wrong with it and what to do.
package struct BackupRefusal: Error, Sendable, Equatable {
    package var detail: String

    package init(detail: String) { self.detail = detail }
}

/// A backup that was written.
package struct BackupReport: Sendable, Equatable {
    package var path: String
    package var time: Date
    package var byteCount: Int
    package var people: Int
    package var methods: Int
    /// The last record of the audit that it has.
    package var auditSequence: Int64
    /// The id of the configured key that opens it.
    package var key: String

    package init(
        path: String,
        time: Date,
        byteCount: Int,
        people: Int,
        methods: Int,
        auditSequence: Int64,
        key: String
    ) {
        self.path = path
        self.time = time
        self.byteCount = byteCount
        self.people = people
        self.methods = methods
        self.auditSequence = auditSequence
        self.key = key
    }
}

/// All that an administrator may do with the private store as a whole.
package typealias VaultAdministration = KeyRotation & PersonalData & VaultBackup
