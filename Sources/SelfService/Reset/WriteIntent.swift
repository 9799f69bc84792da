package import Foundation
package import Identity

/// A write that is about to be made, on disk before it is made. A crash leaves it behind, and the next
/// start asks the directory what became of it.
package struct WriteIntent: Sendable, Equatable {
    package enum Kind: String, Sendable, Codable {
        case password, unlock
    }

    package var id: Int64
    package var kind: Kind
    package var person: EntryID
    /// The session that asked, if a person did.
    package var sessionID: Int64?
    package var recordedAt: Date
    /// The account before the write, to compare with.
    package var before: AccountMarker

    package init(
        id: Int64,
        kind: Kind,
        person: EntryID,
        sessionID: Int64?,
        recordedAt: Date,
        before: AccountMarker
    ) {
        self.id = id
        self.kind = kind
        self.person = person
        self.sessionID = sessionID
        self.recordedAt = recordedAt
        self.before = before
    }
}

/// What tells whether a password was written since: values that the server sets, compared only for equality.
package struct AccountMarker: Sendable, Equatable, Codable {
    /// `pwdChangedTime`, as the server wrote it; nil when it was never set.
    package var passwordChangedAt: String?
    /// `entryCSN` or its like. Other things change it too, a failed bind among them.
    package var version: String?
    /// Whether every write of a password shows in `passwordChangedAt` here; nil: not known.
    package var isDated: Bool?

    package init(passwordChangedAt: String?, version: String?, isDated: Bool? = nil) {
        self.passwordChangedAt = passwordChangedAt
        self.version = version
        self.isDated = isDated
    }
}
