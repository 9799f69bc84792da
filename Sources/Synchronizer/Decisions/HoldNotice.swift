/// What an operator reads while removals wait.
struct HoldNotice: Sendable, Equatable {
    let text: String

    /// - Returns: nil while nothing waits.
    init?(_ held: HeldRemovals) {
        guard held.removals > 0, let batch = held.batch else { return nil }
        let count = held.removals == 1 ? "1 removal is held" : "\(held.removals) removals are held"
        text =
            "\(count) in quarantine: \(held.reason ?? "too many would go"); check the server, the base, the filter "
            + "and the access rules, look at `latchkeyctl quarantine show \(batch)`, then release or refuse them"
    }

    static let end = "the quarantine is empty; no removal is held any more"
}
