package import Foundation

/// Where decisions that touch no other record of the vault are appended, and where all are read back.
///
/// A decision that changes the vault appends its record in the same transaction, inside the adapter.
package protocol AuditLog: Sendable {
    /// Returns once the record is on disk.
    func append(_ event: AuditEvent) async throws

    /// Records with a sequence number above `sequence`, in order.
    /// - Parameter limit: at least 1.
    func auditRecords(after sequence: Int64, limit: Int) async throws -> [AuditRecord]

    /// Recomputes every link of the chain that is kept.
    /// - Parameter anchor: where the chain once ended, to be compared as well.
    func verifyAudit(against anchor: AuditAnchor?) async throws -> AuditVerification

    /// Where the chain ends now; nil while there is no record.
    func auditAnchor() async throws -> AuditAnchor?

    /// Deletes the oldest records, as far as they are intact; the last one always stays.
    /// - Parameter limit: at most so many of them are looked at, at least 1.
    /// - Returns: how many went.
    func pruneAudit(before time: Date, limit: Int) async throws -> Int
}

extension AuditLog {
    package func verifyAudit() async throws -> AuditVerification { try await verifyAudit(against: nil) }
}
