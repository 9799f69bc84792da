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
    /// As the mirrored directory knows them, whichever is written.
    package var person: EntryID
    /// The linked directory that is to be written; nil: the mirrored one.
    package var link: Link?
    /// The session that asked, if a person did.
    package var sessionID: Int64?
    package var recordedAt: Date
    /// The account before the write, to compare with.
    package var before: AccountMarker
    /// Of an intent that has just been recorded: those that follow it in linked directories, once it is applied.
    package var followers: [WriteIntent] = []

    /// What an intent about a linked directory has beside the others.
    package struct Link: Sendable, Equatable {
        package var directory: String
        /// The account's id there.
        package var account: EntryID
        /// The intent that it follows.
        package var leader: Int64

        package init(directory: String, account: EntryID, leader: Int64) {
            self.directory = directory
            self.account = account
            self.leader = leader
        }
    }

    package init(
        id: Int64,
        kind: Kind,
        person: EntryID,
        link: Link? = nil,
        sessionID: Int64?,
        recordedAt: Date,
        before: AccountMarker
    ) {
        self.id = id
        self.link = link
        self.kind = kind
        self.person = person
        self.sessionID = sessionID
        self.recordedAt = recordedAt
        self.before = before
    }
}

/// An account of a linked directory that is to be written after the person's own.
package struct LinkedWrite: Sendable, Equatable {
    package var directory: String
    package var account: EntryID
    package var before: AccountMarker

    package init(directory: String, account: EntryID, before: AccountMarker) {
        self.directory = directory
        self.account = account
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
