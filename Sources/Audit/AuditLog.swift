/// Where decisions that touch no other record of the vault are appended, and where all are read back.
///
/// A decision that changes the vault appends its record in the same transaction, inside the adapter.
package protocol AuditLog: Sendable {
    /// Returns once the record is on disk.
    func append(_ event: AuditEvent) async throws

    /// Records with a sequence number above `sequence`, in order.
    /// - Parameter limit: at least 1.
    func auditRecords(after sequence: Int64, limit: Int) async throws -> [AuditRecord]

    /// Recomputes every link of the chain.
    func verifyAudit() async throws -> AuditVerification
}
