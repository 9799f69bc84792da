package import Foundation

/// What comparing the mirror with the whole directory has found since the start.
package struct SyncVerification: Sendable, Equatable {
    /// When the last comparison ended.
    package private(set) var lastAt: Date?
    /// Entries that were added, changed or removed by comparisons: the server had not told of them, or told in the
    /// moment of the comparison.
    package private(set) var repaired = 0

    package init() {}

    package mutating func note(_ summary: CommitSummary, at time: Date) {
        lastAt = time
        repaired += summary.added + summary.changed + summary.removed
    }
}
