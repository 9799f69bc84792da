package import Identity
import Synchronization
package import Synchronizer

/// The groups of a server as the test sets them.
package final class FakeMembershipProbe: MembershipProbe {
    private let holders = Mutex<[DNKey: Set<EntryID>]>([:])
    private let questions = Mutex<[[EntryName]]>([])

    package init() {}

    package var asked: [[EntryName]] { questions.withLock { $0 } }

    package func set(_ member: DNKey, in roles: Set<EntryID>) { holders.withLock { $0[member] = roles } }

    package func roles(containing names: [EntryName]) async throws(FeedError) -> [DNKey: Set<EntryID>] {
        questions.withLock { $0.append(names) }
        let holders = holders.withLock { $0 }
        return Dictionary(names.map { ($0.key, holders[$0.key] ?? []) }) { first, _ in first }
    }
}
