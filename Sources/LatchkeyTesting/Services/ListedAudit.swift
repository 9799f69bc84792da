package import Audit
package import Foundation

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

    package func verifyAudit(against anchor: AuditAnchor?) async throws -> AuditVerification {
        var found = AuditVerification(count: Int64(events.count), brokenAt: brokenAt)
        if let anchor { found.anchor = anchor == end ? .holds : .broken }
        return found
    }

    package func auditAnchor() async throws -> AuditAnchor? { end }

    package func pruneAudit(before time: Date, limit: Int) async throws -> Int { 0 }

    private var end: AuditAnchor? {
        events.isEmpty ? nil : AuditAnchor(sequence: Int64(events.count), link: [UInt8](repeating: 7, count: 32))
    }
}
