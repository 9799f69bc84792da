package import Foundation

/// Temporary access passes, which administrators issue.
package protocol PassAdministration: Sendable {
    /// Issues a pass in the place of the one before.
    /// - Parameter lifetime: seconds; nil for an hour.
    func issuePass(
        to login: String,
        lifetime: TimeInterval?,
        reason: String,
        by administrator: Administrator
    ) async throws(ServiceError) -> AdminOutcome<IssuedPass>

    /// - Returns: whether there was one.
    func revokePass(
        of login: String,
        reason: String,
        by administrator: Administrator
    ) async throws(ServiceError) -> AdminOutcome<Bool>
}

/// A pass as it is shown, once.
package struct IssuedPass: Sendable, Equatable {
    package var pass: String
    package var expiresAt: Date

    package init(pass: String, expiresAt: Date) {
        self.pass = pass
        self.expiresAt = expiresAt
    }
}

extension IssuedPass: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { "(shown once)" }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
