/// What a refresh would change, without having done it.
package struct RefreshDifference: Sendable, Equatable {
    package var added = 0
    package var changed = 0
    package var removed = 0
    /// Removals, of entries and of memberships, that would be held in quarantine instead.
    package var newlyHeld = 0
    /// The distinguished names of the first entries of each kind, up to ``sampleLimit``.
    package var sampleAdded: [String] = []
    package var sampleChanged: [String] = []
    package var sampleRemoved: [String] = []
    /// The counts of each scope, which the guards judge.
    package var scopes: [SyncScope: ScopeTally] = [:]

    package static let sampleLimit = 100

    package init() {}
}

/// What a refresh did with one scope, in entries.
package struct ScopeTally: Sendable, Equatable {
    /// Living entries in the mirror before the refresh.
    package var held = 0
    /// Distinct entries that came with their content.
    package var delivered = 0
    /// Of those in ``held``, the ones that would go.
    package var removed = 0
    /// Ids that the server called present and that the mirror does not hold: the cookie was not this mirror's.
    package var unknownPresent = 0

    package init() {}
}
