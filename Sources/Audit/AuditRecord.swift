package import Foundation

/// An event at its place in the chain.
package struct AuditRecord: Sendable, Equatable {
    /// 1 for the first record; without gaps.
    package var sequence: Int64
    package var time: Date
    package var event: AuditEvent

    package init(sequence: Int64, time: Date, event: AuditEvent) {
        self.sequence = sequence
        self.time = time
        self.event = event
    }
}

/// What a walk over the chain found.
package struct AuditVerification: Sendable, Equatable {
    /// How many records were read.
    package var count: Int64
    /// The first sequence number that is missing or does not match its link, if any.
    package var brokenAt: Int64?
    /// What the anchor says; nil where none was given.
    package var anchor: AnchorFinding?

    package init(count: Int64, brokenAt: Int64? = nil) {
        self.count = count
        self.brokenAt = brokenAt
    }

    package var isIntact: Bool { brokenAt == nil && anchor != .broken }
}
