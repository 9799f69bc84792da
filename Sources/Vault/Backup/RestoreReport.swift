import Audit
package import Foundation

/// What a restore did.
package struct RestoreReport: Sendable, Equatable {
    package var backupTime: Date
    /// Registrations that are there now.
    package var people: Int
    /// Erased people and removed methods that the backup still had.
    package var erasedAgain: Int
    package var revokedAgain: Int
    /// Whether the audit goes on where the vault that was replaced had it.
    package var keepsAudit: Bool
    /// Why the vault that was replaced could not be read: then counters, freezes and outcomes are the backup's.
    package var problem: String?
    /// Where the vault that was replaced is kept.
    package var aside: String?

    var event: AuditEvent {
        AuditEvent(
            .vaultRestored,
            .done,
            by: .administrator(uid: getuid()),
            details: [
                "backup": backupTime.formatted(.iso8601), "people": "\(people)", "erased": "\(erasedAgain)",
                "revoked": "\(revokedAgain)", "audit": keepsAudit ? "continued" : "of the backup",
            ]
        )
    }
}
