import Identity
import LDAPClient
import Synchronizer

/// Reads the messages of one scope's content synchronisation. Pure.
struct DirectoryServer389Reader: Sendable {
    enum Step: Sendable {
        case event(FeedEvent)
        /// Entries of a delta. They come with all their user attributes and without the operational ones, whatever
        /// was asked for: they are to be read again, or a locked account would look open.
        case changed([EntryID])
        /// The refresh is complete; its cookie.
        case refreshed(SyncCookie?)
    }

    let scope: SyncScope
    let isResumed: Bool
    let reader: DirectoryServer389EntryReader
    private(set) var isRefreshing = true

    init(scope: SyncScope, isResumed: Bool, reader: DirectoryServer389EntryReader) {
        self.scope = scope
        self.isResumed = isResumed
        self.reader = reader
    }

    mutating func steps(of messages: [SyncMessage]) -> [Step] {
        var steps: [Step] = []
        var upserts: [FedEntry] = []
        var changed: [EntryID] = []
        var latest: [UInt8]?
        func flush() {
            if !upserts.isEmpty { steps.append(.event(.upserts(upserts))) }
            if !changed.isEmpty { steps.append(.changed(changed)) }
            upserts.removeAll(keepingCapacity: true)
            changed.removeAll(keepingCapacity: true)
        }
        for message in messages {
            if case .entry(let entry) = message, entry.state == .add || entry.state == .modify {
                latest = entry.cookie ?? latest
                let id = EntryID(folding: entry.id.bytes)
                if isRefreshing, isResumed {
                    changed.append(id)
                } else if let fed = reader.fed(entry.entry, id: id, scope) {
                    upserts.append(fed)
                } else {
                    flush()
                    steps.append(.event(.removed(scope, [id])))
                }
            } else {
                flush()
                steps += other(message, &latest)
            }
        }
        flush()
        // Cookies inside a refresh cover nothing yet.
        if let latest, !isRefreshing { steps.append(checkpoint(latest)) }
        return steps
    }

    private mutating func other(_ message: SyncMessage, _ latest: inout [UInt8]?) -> [Step] {
        switch message {
        case .entry(let entry):
            latest = entry.cookie ?? latest
            let id = EntryID(folding: entry.id.bytes)
            return [.event(entry.state == .present ? .present(scope, [id]) : .removed(scope, [id]))]
        case .idSet(_, let refreshDeletes, let ids):
            let ids = ids.map { EntryID(folding: $0.bytes) }
            return [.event(refreshDeletes ? .removed(scope, ids) : .present(scope, ids))]
        case .newCookie(let cookie):
            latest = cookie
            return []
        case .refreshDelete(let cookie, let isDone), .refreshPresent(let cookie, let isDone):
            guard isDone, isRefreshing else { return [] }
            isRefreshing = false
            latest = nil
            return [.refreshed(cookie.map(SyncCookie.init))]
        case .reference:
            return [.event(.references(scope, 1))]
        case .done:
            return []
        }
    }

    private func checkpoint(_ cookie: [UInt8]) -> Step { .event(.cookie(scope, SyncCookie(bytes: cookie))) }
}
