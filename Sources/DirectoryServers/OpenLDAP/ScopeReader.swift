import Identity
import LDAPClient
import Synchronizer

/// Reads the messages of one scope's content synchronisation as feed events. Pure; keeps the cookie merged.
struct ScopeReader: Sendable {
    let scope: SyncScope
    let reader: EntryReader
    private(set) var cookie: [UInt8]?
    private let isInitial: Bool
    private let clock: any WallClock
    private let policies: OpenLDAPPolicies
    private(set) var isRefreshing = true
    private var hadPresentPhase = false

    init(scope: SyncScope, reader: EntryReader, cookie: [UInt8]?, clock: any WallClock, policies: OpenLDAPPolicies) {
        self.scope = scope
        self.reader = reader
        self.cookie = cookie
        self.clock = clock
        self.policies = policies
        isInitial = cookie == nil
    }

    /// Entries that follow one another make one event.
    mutating func events(of messages: [SyncMessage]) -> [FeedEvent] {
        var events: [FeedEvent] = []
        var upserts: [FedEntry] = []
        upserts.reserveCapacity(messages.count)
        var latest: [UInt8]?
        var references = 0
        func flush() {
            if !upserts.isEmpty { events.append(.upserts(upserts)) }
            upserts.removeAll(keepingCapacity: true)
            // Before the end of the refresh that they belong to.
            if references > 0 { events.append(.references(scope, references)) }
            references = 0
        }
        for message in messages {
            if case .entry(let entry) = message, let fed = upsert(entry) {
                upserts.append(fed)
                latest = entry.cookie ?? latest
            } else if case .reference = message {
                references += 1
            } else {
                flush()
                events += other(message)
                if case .entry(let entry) = message { latest = entry.cookie ?? latest }
            }
        }
        flush()
        if let latest { events += checkpoint(latest) }
        return events
    }

    private func upsert(_ entry: SyncEntry) -> FedEntry? {
        guard entry.state == .add || entry.state == .modify else { return nil }
        let id = EntryID(folding: entry.id.bytes)
        switch scope {
        case .users:
            let account = OpenLDAPAccountState.status(
                entry.entry,
                now: clock.now,
                lockoutDuration: policies.lockoutDuration(of: entry.entry)
            )
            return reader.user(entry.entry, id: id, account: account).map(FedEntry.user)
        case .roles:
            return reader.role(entry.entry, id: id).map(FedEntry.role)
        }
    }

    private mutating func other(_ message: SyncMessage) -> [FeedEvent] {
        switch message {
        case .entry(let entry):
            let id = EntryID(folding: entry.id.bytes)
            // An entry that lost its login, or its name, is nobody's any more.
            return entry.state == .present ? [.present(scope, [id])] : [.removed(scope, [id])]
        case .idSet(_, let refreshDeletes, let ids):
            // Its cookie is no checkpoint: only the end of the refresh is.
            let ids = ids.map { EntryID(folding: $0.bytes) }
            return refreshDeletes ? [.removed(scope, ids)] : [.present(scope, ids)]
        case .newCookie(let cookie):
            return checkpoint(cookie)
        case .refreshPresent(let cookie, let isDone):
            hadPresentPhase = true
            return endOfPhase(cookie, isDone: isDone)
        case .refreshDelete(let cookie, let isDone):
            return endOfPhase(cookie, isDone: isDone)
        case .done(let cookie, let refreshDeletes):
            hadPresentPhase = hadPresentPhase || !refreshDeletes
            return endOfPhase(cookie, isDone: true)
        case .reference:
            return []
        }
    }

    private mutating func endOfPhase(_ cookie: [UInt8]?, isDone: Bool) -> [FeedEvent] {
        guard isRefreshing, isDone else { return [] }
        isRefreshing = false
        let kind: RefreshKind = isInitial || hadPresentPhase ? .presentPhase : .deletePhase
        return (cookie.map { checkpoint($0) } ?? []) + [.refreshed(scope, kind)]
    }

    /// Cookies inside a refresh cover nothing yet.
    private mutating func checkpoint(_ new: [UInt8]) -> [FeedEvent] {
        let merged = OpenLDAPCookie.merged(cookie, new)
        cookie = merged
        return [.cookie(scope, SyncCookie(bytes: merged))]
    }
}
