import Foundation
import Identity
import LDAPClient
import Synchronizer

/// One scope that is polled: what is known of it, and how far it was asked.
struct PolledScope: Sendable {
    typealias Deliver = @Sendable (FeedEvent) async throws -> Void

    let reader: PollingReader
    private var known: Set<EntryID> = []
    /// The latest `modifyTimestamp` that covers all that was read; empty before the first.
    private var mark: String
    private let references = ReferenceTally()

    /// Changes become visible out of order: so many seconds before the mark are asked for again.
    static let overlap: TimeInterval = 60
    /// More entries that are gone at once are for the guards of a refresh to judge, which see them together.
    static let removalsMax = 50

    init(reader: PollingReader, cookie: PollingCookie?) {
        self.reader = reader
        mark = cookie?.mark ?? ""
    }

    private var scope: SyncScope { reader.scope }

    private var cookie: FeedEvent {
        .cookie(scope, SyncCookie(bytes: PollingCookie(idAttribute: reader.id.attribute.text, mark: mark).bytes))
    }

    // MARK: Refreshing

    /// Everything, from nothing.
    mutating func readAll(on connection: LDAPConnection, _ deliver: Deliver) async throws {
        known = try await everything(on: connection, deliver)
        try await deliver(cookie)
        try await deliver(.refreshed(scope, .presentPhase))
    }

    /// What changed since the cookie, and who is still there.
    mutating func resume(on connection: LDAPConnection, _ deliver: Deliver) async throws {
        try await readChanges(on: connection, deliver)
        known = try await reader.ids(on: connection)
        try await deliver(.present(scope, Array(known)))
        try await deliver(cookie)
        try await deliver(.refreshed(scope, .presentPhase))
    }

    // MARK: Following

    /// What changed since the last question.
    mutating func ask(on connection: LDAPConnection, _ deliver: Deliver) async throws {
        let before = mark
        try await readChanges(on: connection, deliver)
        if mark != before { try await deliver(cookie) }
    }

    /// Reads everything again. Who is missing from a complete answer, and then not found by its id either, is gone.
    mutating func audit(on connection: LDAPConnection, _ deliver: Deliver) async throws {
        let seen = try await everything(on: connection, deliver)
        let missing = Array(known.subtracting(seen))
        let kept = try await reader.confirmed(missing, on: connection)
        let gone = missing.filter { !kept.contains($0) }
        // Most of them too: told one by one, all but the last would count as few.
        if gone.count > Self.removalsMax || gone.count * 2 > known.count {
            throw FeedError(
                .cookieRejected,
                server: connection.server.uri,
                detail: "\(gone.count) entries are gone at once; reading everything again"
            )
        }
        if !gone.isEmpty { try await deliver(.removed(scope, gone)) }
        known = seen.union(kept)
        try await deliver(cookie)
    }

    /// Delivers everything and moves the mark. What changed behind the reader's back while it read lies no further
    /// back than the reading took.
    private mutating func everything(on connection: LDAPConnection, _ deliver: Deliver) async throws -> Set<EntryID> {
        let start = ContinuousClock.now
        var seen: Set<EntryID> = []
        var latest = ""
        let elsewhere = try await reader.read(on: connection) { batch in
            seen.formUnion(batch.entries.map(\.id))
            latest = max(latest, batch.latest)
            if !batch.entries.isEmpty { try await deliver(.upserts(batch.entries)) }
        }
        try await references.tell(scope, elsewhere, deliver)
        advance(to: latest, since: start)
        return seen
    }

    private mutating func readChanges(on connection: LDAPConnection, _ deliver: Deliver) async throws {
        let start = ContinuousClock.now
        var latest = mark
        var seen: Set<EntryID> = []
        let scope = scope
        let elsewhere = try await reader.read(since, on: connection) { batch in
            latest = max(latest, batch.latest)
            seen.formUnion(batch.entries.map(\.id))
            if !batch.entries.isEmpty { try await deliver(.upserts(batch.entries)) }
            if !batch.nameless.isEmpty { try await deliver(.removed(scope, batch.nameless)) }
        }
        try await references.tell(scope, elsewhere, deliver)
        known.formUnion(seen)
        advance(to: latest, since: start)
    }

    private mutating func advance(to latest: String, since start: ContinuousClock.Instant) {
        let took = TimeInterval((ContinuousClock.now - start).components.seconds)
        guard let date = GeneralizedTime.date(latest) else { return }
        mark = max(mark, GeneralizedTime.text(date.addingTimeInterval(-took)))
    }

    /// Nil, which is everything, while the server showed no time.
    private var since: Filter? {
        guard let date = GeneralizedTime.date(mark) else { return nil }
        return .notBefore(PollingReader.modified, GeneralizedTime.text(date.addingTimeInterval(-Self.overlap)))
    }
}
