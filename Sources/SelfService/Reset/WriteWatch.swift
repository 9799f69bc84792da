package import Foundation
package import Identity

/// A password that was written and is looked at again later: replication may put the former one back.
package struct WriteWatch: Sendable, Equatable {
    /// Of the write.
    package var intentID: Int64
    package var person: EntryID
    /// The account before the write.
    package var before: AccountMarker
    /// The account as it was read back.
    package var after: AccountMarker
    /// How often it was looked at.
    package var looks: Int

    package init(intentID: Int64, person: EntryID, before: AccountMarker, after: AccountMarker, looks: Int = 0) {
        self.intentID = intentID
        self.person = person
        self.before = before
        self.after = after
        self.looks = looks
    }

    /// Seconds between a write, or a look, and the next look. After the last one nobody looks any more.
    package static let intervals: [TimeInterval] = [60, 600, 3600]

    package enum Finding: Sendable, Equatable {
        case stands
        /// Somebody has changed it since: nothing of ours is left to look at.
        case replaced
        /// An older password is back.
        case reverted
    }

    /// Whether a write can be watched: only where the directory dates its passwords.
    package static func canSee(_ before: AccountMarker, _ after: AccountMarker?) -> Bool {
        after?.passwordChangedAt != nil && after?.passwordChangedAt != before.passwordChangedAt
    }

    package func finding(_ now: AccountMarker) -> Finding {
        if now.passwordChangedAt == after.passwordChangedAt { return .stands }
        guard let date = now.passwordChangedAt, date != before.passwordChangedAt else { return .reverted }
        guard let written = after.passwordChangedAt, date.utf8.count == written.utf8.count else { return .replaced }
        // Directories write times so that they sort (GeneralizedTime in UTC, steps of 100 ns).
        return date < written ? .reverted : .replaced
    }
}

/// The port to what is looked at again.
package protocol WriteWatchStore: Sendable {
    /// Those whose time has come, oldest first.
    func dueWatches(limit: Int) async throws -> [WriteWatch]

    /// Records what a look found. A reverted write is told to the person and to the audit, in the same transaction.
    func settle(_ watch: WriteWatch, _ finding: WriteWatch.Finding) async throws
}
