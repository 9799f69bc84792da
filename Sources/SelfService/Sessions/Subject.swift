package import Identity

/// Whom a session, a counter or a challenge is about.
///
/// People who do not exist, are not registered or may not reset get a decoy: an id derived from what was
/// typed, with which everything goes on as with a real one, and never succeeds.
package struct Subject: Sendable, Hashable {
    package var id: EntryID
    package var isDecoy: Bool

    package static func person(_ id: EntryID) -> Subject { Subject(id: id, isDecoy: false) }
    package static func decoy(_ id: EntryID) -> Subject { Subject(id: id, isDecoy: true) }
}
