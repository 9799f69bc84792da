/// What is known of the connection that is there. Used on the engine's actor only.
final class Connection {
    let attempt: SyncAttempt
    /// The run that this connection serves.
    var run: String?
    /// What the server said of each scope's refresh.
    var outcome: [SyncScope: RefreshKind] = [:]
    /// The server answered, and the staging generation is open.
    var isBegun = false
    /// The refresh is committed: from now on changes are live.
    var isCaughtUp = false
    /// The purpose is served and the end is expected.
    var isDone = false
    /// The engine ended it in order to start anew.
    var isInterrupted = false
    /// How many events are being worked on: while any is, the server is not the one who is waited for.
    var takes = 0
    /// Why the engine ended it.
    var failure: SyncFailure?
    /// Continuation references so far.
    var references = 0
    var queue = LiveQueue()
    /// Names that are asked for again, with the number of times.
    var doubts: [EntryName: Int] = [:]
    /// A contact is asked for soon, because of doubts.
    var willAskAgain = false
    /// Wakes the writer of live changes.
    let changes: AsyncStream<Void>
    let changed: AsyncStream<Void>.Continuation
    /// Wakes the feed that waits for room.
    let roomMade: AsyncStream<Void>
    let room: AsyncStream<Void>.Continuation

    init(attempt: SyncAttempt, run: String?) {
        self.attempt = attempt
        self.run = run
        (changes, changed) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
        (roomMade, room) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// Whether every scope's refresh is complete.
    var isComplete: Bool { SyncScope.allCases.allSatisfy { outcome[$0] != nil } }
}
