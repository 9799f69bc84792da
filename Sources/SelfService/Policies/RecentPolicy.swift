package import Foundation

/// A policy that somebody was under lately.
package struct RecentPolicy: Sendable, Equatable {
    /// How long it is remembered, in seconds.
    package static let window: TimeInterval = 30 * 86400
    /// How old the note of it may be before it is written anew, in seconds: most sign-ins and resets write none.
    package static let refreshAfter: TimeInterval = 86400

    package var name: String
    /// When a sign-in or a reset last began under it, to ``refreshAfter``.
    package var lastSeen: Date

    package init(name: String, lastSeen: Date) {
        self.name = name
        self.lastSeen = lastSeen
    }
}
