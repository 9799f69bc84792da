package import Audit

/// An audit in memory that a test can tamper with.
package actor ListedAudit: AuditLog {
    package private(set) var events: [AuditEvent] = []
    private var brokenAt: Int64?
    private var isDown = false

    package init() {}

    package func tamper(at sequence: Int64) { brokenAt = sequence }
    package func breakDown() { isDown = true }

    package func append(_ event: AuditEvent) async throws {
        if isDown { throw BrokenMirror() }
        events.append(event)
    }

    package func auditRecords(after sequence: Int64, limit: Int) async throws -> [AuditRecord] {
        events.enumerated().map { index, event in
            AuditRecord(sequence: Int64(index) + 1, time: SamplePeople.time, event: event)
        }.filter { $0.sequence > sequence }.prefix(limit).map { $0 }
    }

    package func verifyAudit() async throws -> AuditVerification {
        AuditVerification(count: Int64(events.count), brokenAt: brokenAt)
    }
}
