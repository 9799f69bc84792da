package import Audit
package import Foundation
package import Identity

/// The port to all that is kept of one person.
package protocol PersonalData: Sendable {
    /// Everything but what nobody may read back: answers, seeds, keys of devices, codes.
    /// - Parameter reason: why, in the administrator's words; goes into the audit.
    func export(_ person: EntryID, reason: String, by actor: AuditActor) async throws -> PersonExport

    /// Deletes all of it, also the audit's personal fields. Nothing brings it back: see the journal of erasures.
    /// - Returns: nil while a write to the person's entry has no outcome yet.
    func erase(_ person: EntryID, reason: String, by actor: AuditActor) async throws -> ErasureReport?
}

/// What was erased.
package struct ErasureReport: Sendable, Equatable {
    package var methods: Int
    /// Whether the audit was about the person; its records stand, and name nobody any more.
    package var hadAuditRecords: Bool

    package init(methods: Int, hadAuditRecords: Bool) {
        self.methods = methods
        self.hadAuditRecords = hadAuditRecords
    }
}

/// What is kept of one person.
package struct PersonExport: Sendable {
    package struct SessionData: Sendable {
        package var startedFor: String
        package var frontend: String
        package var policy: String
        package var expiresAt: Date
        package var isEnded: Bool

        package init(startedFor: String, frontend: String, policy: String, expiresAt: Date, isEnded: Bool) {
            self.startedFor = startedFor
            self.frontend = frontend
            self.policy = policy
            self.expiresAt = expiresAt
            self.isEnded = isEnded
        }
    }

    package struct MessageData: Sendable {
        package var channel: String
        package var to: String
        package var deadline: Date

        package init(channel: String, to: String, deadline: Date) {
            self.channel = channel
            self.to = to
            self.deadline = deadline
        }
    }

    package struct WriteData: Sendable {
        package var kind: String
        package var state: String
        package var recordedAt: Date

        package init(kind: String, state: String, recordedAt: Date) {
            self.kind = kind
            self.state = state
            self.recordedAt = recordedAt
        }
    }

    package var registration: StoredRegistration
    package var disabledAt: Date?
    package var frozenAt: Date?
    /// Policies that the person was under lately, and when last.
    package var recentPolicies: [String: Date] = [:]
    package var sessions: [SessionData]
    /// Undelivered ones.
    package var messages: [MessageData]
    package var writes: [WriteData]
    /// Counted events, by sort.
    package var counters: [String: Int]
    package var audit: [AuditRecord]

    package init(
        registration: StoredRegistration,
        disabledAt: Date?,
        sessions: [SessionData],
        messages: [MessageData],
        writes: [WriteData],
        counters: [String: Int],
        audit: [AuditRecord]
    ) {
        self.registration = registration
        self.disabledAt = disabledAt
        self.sessions = sessions
        self.messages = messages
        self.writes = writes
        self.counters = counters
        self.audit = audit
    }
}
