package import Foundation

/// Everything that is kept of one person, but what nobody may read back.
package struct PersonExportDocument: Codable, Sendable {
    package struct Method: Codable, Sendable {
        package var id: String
        package var kind: String
        /// The address or number; absent for kinds without.
        package var value: String?
        package var label: String
        package var state: String
        /// Who brought it: `person`, `administrator`, `directory` or `imported`.
        package var source: String?
        package var isDefault: Bool
        package var addedAt: Date
        package var verifiedAt: Date?
    }

    package struct Session: Codable, Sendable {
        package var startedFor: String
        package var frontend: String
        package var policy: String
        package var expiresAt: Date
        package var ended: Bool
    }

    package struct Message: Codable, Sendable {
        package var channel: String
        package var to: String
        package var deadline: Date
    }

    package struct Write: Codable, Sendable {
        package var kind: String
        package var state: String
        package var recordedAt: Date
    }

    /// The directory's id.
    package var id: String
    package var completedAt: Date?
    package var confirmedAt: Date?
    package var disabledAt: Date?
    package var frozenAt: Date?
    /// Policies that the person was under lately, and when last.
    package var recentPolicies: [String: Date] = [:]
    package var methods: [Method] = []
    package var sessions: [Session] = []
    /// Undelivered ones.
    package var messages: [Message] = []
    /// Writes to the directory.
    package var writes: [Write] = []
    /// Counted events, by sort.
    package var counters: [String: Int] = [:]
    package var audit: [AuditRecordDocument] = []

    package init(id: String) { self.id = id }
}

extension PersonExportDocument.Method {
    package init(id: String, kind: String, label: String, state: String, isDefault: Bool, addedAt: Date) {
        self.id = id
        self.kind = kind
        self.label = label
        self.state = state
        self.isDefault = isDefault
        self.addedAt = addedAt
    }
}

extension PersonExportDocument.Session {
    package init(_ startedFor: String, frontend: String, policy: String, expiresAt: Date, ended: Bool) {
        self.startedFor = startedFor
        self.frontend = frontend
        self.policy = policy
        self.expiresAt = expiresAt
        self.ended = ended
    }
}

extension PersonExportDocument.Message {
    package init(_ channel: String, to: String, deadline: Date) {
        self.channel = channel
        self.to = to
        self.deadline = deadline
    }
}

extension PersonExportDocument.Write {
    package init(_ kind: String, state: String, recordedAt: Date) {
        self.kind = kind
        self.state = state
        self.recordedAt = recordedAt
    }
}
