package import Foundation

/// A request about a protected person that needs a second administrator. With status 202 it is the answer to the
/// request itself: once it is approved, the same request is to be sent again.
package struct ApprovalDocument: Codable, Sendable, Equatable {
    package var id: String
    /// What was asked for: `methods.add`, `passes.issue`, …
    package var action: String
    /// What the second administrator needs.
    package var capability: String
    package var login: String
    package var reason: String
    /// The uid of who asked.
    package var requester: UInt32
    package var approver: UInt32?
    /// `pending` or `approved`.
    package var state: String
    package var requestedAt: Date
    package var expiresAt: Date

    package init(
        id: String,
        action: String,
        capability: String,
        login: String,
        reason: String,
        requester: UInt32,
        state: String,
        requestedAt: Date,
        expiresAt: Date
    ) {
        self.id = id
        self.action = action
        self.capability = capability
        self.login = login
        self.reason = reason
        self.requester = requester
        self.state = state
        self.requestedAt = requestedAt
        self.expiresAt = expiresAt
    }
}
