package import Foundation
package import Identity

/// A request about a protected person, which a second administrator must approve before it is done.
package struct Approval: Sendable, Equatable {
    package enum State: String, Sendable, Codable, CaseIterable {
        case pending
        /// Who asked may now repeat the request, once.
        case approved
    }

    /// Seconds in which it is approved, and then in which the request is repeated.
    package static let lifetime: TimeInterval = 15 * 60
    /// How many there may be at a time.
    package static let limit = 100

    package var id: String
    package var request: ApprovalRequest
    package var state: State
    package var requestedAt: Date
    package var expiresAt: Date
    /// The uid of the second administrator.
    package var approver: UInt32?

    package init(
        id: String,
        request: ApprovalRequest,
        state: State,
        requestedAt: Date,
        expiresAt: Date,
        approver: UInt32? = nil
    ) {
        self.id = id
        self.request = request
        self.state = state
        self.requestedAt = requestedAt
        self.expiresAt = expiresAt
        self.approver = approver
    }
}

/// What was asked for. Two requests that are equal but for the reason are the same one.
package struct ApprovalRequest: Sendable, Equatable, Codable {
    package var person: EntryID
    package var capability: AdminCapability
    /// What is done, as a stable code: `methods.add`.
    package var action: String
    /// What the action is done with: a kind, an id, a value. Nobody is shown it.
    package var terms: [String]
    package var reason: String
    /// The uid of the first administrator.
    package var requester: UInt32

    package init(
        person: EntryID,
        capability: AdminCapability,
        action: String,
        terms: [String] = [],
        reason: String,
        requester: UInt32
    ) {
        self.person = person
        self.capability = capability
        self.action = action
        self.terms = terms
        self.reason = reason
        self.requester = requester
    }

    /// Whether an approval of this one is one of the other.
    package func isSame(as other: ApprovalRequest) -> Bool {
        var copy = self
        copy.reason = other.reason
        return copy == other
    }
}

extension ApprovalRequest: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { "\(action) for \(person)" }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
