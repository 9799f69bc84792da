import Foundation
import Identity

/// Live changes: the feed puts them into a queue and reads on; another task commits what has gathered.
extension SyncEngine {
    /// How often a doubtful name is asked for: refint works some time after the change that it follows.
    static let probeRounds = 4
    /// Names in one question to the server.
    static let probeLimit = 32

    func enqueue(_ event: FeedEvent, _ connection: Connection, at time: Date) async throws {
        connection.queue.append(event, at: time)
        connection.changed.yield()
        guard !connection.queue.hasRoom else { return }
        for await _ in connection.roomMade where connection.queue.hasRoom { return }
        throw CancellationError()
    }

    /// Commits until it is cancelled, and then what is left.
    func commitChanges() async throws {
        guard let connection else { return }
        for await _ in connection.changes where connection.isCaughtUp { try await commitGathered(connection) }
        try await commitGathered(connection)
    }

    private func commitGathered(_ connection: Connection) async throws {
        while let (events, time) = connection.queue.next() {
            connection.room.yield()
            do {
                try await commit(events, connection)
            } catch {
                connection.failure = SyncFailure(.store, "the mirror cannot be written: \(error)")
                throw error
            }
            noteCurrent(time)
            machine.stayed()
        }
        await resolveDoubts(connection)
    }

    private func commit(_ events: [FeedEvent], _ connection: Connection) async throws {
        let changes = events.compactMap(\.staged)
        guard !changes.isEmpty else { return }
        await publish(try await store.apply(changes), connection)
    }

    /// Tells of a commit.
    func publish(_ summary: CommitSummary, _ connection: Connection) async {
        if !summary.isEmpty { lastChangeAt = clock.now }
        if probe != nil, description?.rewritesGroupsSilently == true {
            for name in summary.doubtfulNames { connection.doubts[name] = Self.probeRounds }
            if summary.doubtsOverflowed { readRolesAgain() }
        }
        await announce(summary)
    }

    /// Tells those outside of it.
    func announce(_ summary: CommitSummary) async {
        note(summary.held)
        if !summary.usersRemoved.isEmpty { await hooks.onRemoved(summary.usersRemoved) }
        if !summary.usersReturned.isEmpty { await hooks.onReturned(summary.usersReturned) }
    }

    private func readRolesAgain() {
        machine.distrust(.roles)
        startNow()
    }

    /// Asks which groups hold the doubtful names now. Changes that arrive meanwhile wait in the queue, so that an
    /// older answer never overwrites them. Called after each commit and each contact.
    private func resolveDoubts(_ connection: Connection) async {
        guard let probe, !connection.doubts.isEmpty, !Task.isCancelled else { return }
        let names = Array(connection.doubts.keys.prefix(Self.probeLimit))
        do {
            let found = try await probe.roles(containing: names)
            let asked = Set(names.map(\.key))
            await publish(try await store.setMemberships(found.filter { asked.contains($0.key) }), connection)
        } catch {
            // They are asked for again with the next contact; if the server is gone, the feed says so.
            return
        }
        for name in names { connection.doubts[name] = connection.doubts[name].flatMap { $0 > 1 ? $0 - 1 : nil } }
        askAgain(connection)
    }
}
