import Foundation

/// Changes that were read and not committed yet, in their order. Whatever has gathered while one commit was
/// written goes into the next: under load commits grow by themselves, without load nothing waits.
struct LiveQueue: Sendable {
    /// Entries in one commit.
    static let commitLimit = 1_000
    /// Entries in the queue; then the feed has to wait. syncprov queues without bound for a consumer that does
    /// not read, so this is room for a long burst.
    static let roomLimit = 20_000

    private var events: [(event: FeedEvent, at: Date)] = []
    private var start = 0
    private var size = 0

    var hasRoom: Bool { size < Self.roomLimit }
    var isEmpty: Bool { start == events.count }

    mutating func append(_ event: FeedEvent, at time: Date) {
        events.append((event, time))
        size += event.size
    }

    /// The next events for one commit, with the time at which the last of them was read.
    mutating func next() -> (events: [FeedEvent], at: Date)? {
        guard !isEmpty else { return nil }
        var batch: [FeedEvent] = []
        var taken = 0
        var time = events[start].at
        while start < events.count, batch.isEmpty || taken + events[start].event.size <= Self.commitLimit {
            let (event, at) = events[start]
            batch.append(event)
            taken += event.size
            time = at
            start += 1
        }
        size -= taken
        dropTaken()
        return (batch, time)
    }

    private mutating func dropTaken() {
        if isEmpty {
            events.removeAll(keepingCapacity: true)
            start = 0
        } else if start > Self.commitLimit {
            events.removeFirst(start)
            start = 0
        }
    }
}

extension FeedEvent {
    /// What the event counts for, in entries; never 0, so that many small ones are bounded too.
    var size: Int {
        switch self {
        case .upserts(let entries): max(entries.count, 1)
        case .present(_, let ids), .removed(_, let ids): max(ids.count, 1)
        case .reached, .connected, .refreshed, .cookie, .contact, .references: 1
        }
    }

    /// The event as the store takes it, if it is one for the store.
    var staged: StagedEvent? {
        switch self {
        case .upserts(let entries): .upserts(entries)
        case .present(let scope, let ids): .present(scope, ids)
        case .removed(let scope, let ids): .removed(scope, ids)
        case .cookie(let scope, let cookie): .cookie(scope, cookie)
        case .reached, .connected, .refreshed, .contact, .references: nil
        }
    }
}
