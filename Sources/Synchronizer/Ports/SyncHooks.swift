package import Identity

/// What others want to know after a commit. Called in the order of the commits, never before one.
///
/// A crash between a commit and its call loses the call: whoever must not miss one compares with the mirror at
/// start.
package struct SyncHooks: Sendable {
    /// People whose entries are gone.
    package var onRemoved: @Sendable ([EntryID]) async -> Void
    /// People whose entries are back.
    package var onReturned: @Sendable ([EntryID]) async -> Void

    package init(
        onRemoved: @escaping @Sendable ([EntryID]) async -> Void = { _ in },
        onReturned: @escaping @Sendable ([EntryID]) async -> Void = { _ in }
    ) {
        self.onRemoved = onRemoved
        self.onReturned = onReturned
    }
}
