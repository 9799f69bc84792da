import Synchronization
import Synchronizer

/// Continuation references of searches that are made again and again: each names all of them anew, and `status` is
/// to say how many there are, not how often they were named.
final class ReferenceTally: Sendable {
    private let most = Mutex<[SyncScope: Int]>([:])

    /// Delivers those that are more than any search of the scope showed before.
    /// - Parameter count: in one search, which is complete.
    func tell(_ scope: SyncScope, _ count: Int, _ deliver: @Sendable (FeedEvent) async throws -> Void) async throws {
        let more = most.withLock { most in
            let more = max(0, count - most[scope, default: 0])
            most[scope, default: 0] += more
            return more
        }
        if more > 0 { try await deliver(.references(scope, more)) }
    }
}
