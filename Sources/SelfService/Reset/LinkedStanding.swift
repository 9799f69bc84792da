import Identity

/// What a linked directory says of a person's account before anything is written anywhere.
struct LinkedStanding: Sendable {
    enum State: Sendable {
        /// It may be written, to a password of these rules.
        case open(LiveAccount, DirectoryPasswordRules)
        /// It is left as it is. That keeps nobody from the mirrored directory: many have no account in the other, and
        /// whoever waits for one that is away has waited for nothing.
        case closed(RefusalReason)
    }

    let directory: LinkedDirectory
    let state: State

    var name: String { directory.name }

    /// The account to write to.
    var account: LiveAccount? {
        guard case .open(let account, _) = state else { return nil }
        return account
    }

    /// The rules of an account that may be written.
    var rules: DirectoryPasswordRules? {
        guard case .open(_, let rules) = state else { return nil }
        return rules
    }

    /// What is to be written, for the record that is made before.
    var planned: LinkedWrite? {
        account.map { LinkedWrite(directory: name, account: $0.user.id, before: $0.marker) }
    }

    /// The outcome where nothing is to be written.
    var refused: LinkedOutcome? {
        guard case .closed(let reason) = state else { return nil }
        return LinkedOutcome(name: name, WriteOutcome(.refused, reason: reason, server: ""))
    }

    /// The outcome where the mirrored directory did not take the change.
    var notAttempted: LinkedOutcome {
        refused ?? LinkedOutcome(name: name, WriteOutcome(.refused, reason: .notAttempted, server: ""))
    }
}
