package import Identity

/// The port that asks the server which groups name somebody now.
///
/// With refint, slapd rewrites groups after a rename or a deletion without any sync message and some time later
/// (`field/sync.md`). So the engine asks itself, at once and again with the next contacts.
package protocol MembershipProbe: Sendable {
    /// The groups of the followed scope that name each of `names` as a direct member, as the server has it now.
    /// - Returns: an entry for every name that was asked for; empty where no group names it.
    /// - Throws: ``FeedError``; an incomplete answer is an error. Has a deadline of its own.
    func roles(containing names: [EntryName]) async throws(FeedError) -> [DNKey: Set<EntryID>]
}
