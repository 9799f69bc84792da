import Foundation
import GRDB
import Identity
import Synchronization
package import Synchronizer

extension MirrorDatabase {
    package func beginRefresh(identity: String, resumed: Set<SyncScope>) async throws {
        // What went wrong with an earlier generation is nothing to this one.
        _ = await stagingQueue.drain()
        try await write { db in
            guard !db.isInsideTransaction else {
                throw self.misuse(.stagingOpen, "a staging generation is open already")
            }
            try MirrorFile.setCache(db, forDelta: !resumed.isEmpty)
            try db.execute(sql: "BEGIN IMMEDIATE TRANSACTION")
            do {
                let before = try MetaTable.state(db)
                try MetaTable.setFeed(identity, db)
                for scope in SyncScope.allCases where !resumed.contains(scope) { try MetaTable.dropCookie(scope, db) }
                let open = try Self.staging(before, db)
                self.staging.withLock { $0 = open }
            } catch {
                self.rollBack(db)
                throw error
            }
        }
    }

    private static func staging(_ before: MirrorState, _ db: Database) throws -> Staging {
        var open = Staging(heldUsers: before.users, heldRoles: before.roles)
        if before.users == 0, before.roles == 0 { try open.indexes.drop(db) }
        return open
    }

    /// Returns when the event is on its way: what goes wrong with it is thrown by a later call.
    package func stage(_ event: StagedEvent) async throws {
        let size = event.size
        try await stagingQueue.enter(size)
        let event = PreparedEvent(event)
        pool.asyncWriteWithoutTransaction { db in
            do {
                try self.stageNow(event, db)
                self.stagingQueue.leave(size, nil)
            } catch {
                self.stagingQueue.leave(size, self.explain(error))
            }
        }
    }

    private func stageNow(_ event: PreparedEvent, _ db: Database) throws {
        try staged(db) { staging in
            do {
                try StagedEventWriter(db, now: self.clock.now.timeIntervalSince1970).write(event, &staging)
            } catch {
                // Half an event may be written: nothing of this generation is worth anything now.
                self.rollBack(db)
                throw error
            }
        }
    }

    package func previewRefresh(_ outcome: [SyncScope: RefreshKind]) async throws -> RefreshDifference {
        let (now, limits) = (clock.now.timeIntervalSince1970, limits)
        return try await staged { db, staging in
            try staging.indexes.makeAll(db)
            return try RefreshCompletion(db, outcome, RemovalGate(db, limits: limits, now: now)).preview(staging)
        }
    }

    package func commitRefresh(_ outcome: [SyncScope: RefreshKind]) async throws -> CommitSummary {
        let (now, limits) = (clock.now.timeIntervalSince1970, limits)
        return try await staged { db, staging in
            do {
                try staging.indexes.makeAll(db)
                try RefreshCompletion(db, outcome, RemovalGate(db, limits: limits, now: now)).complete(&staging)
                let generation = try MetaTable.advance(staging.record, isRefresh: true, now: now, db)
                if !staging.record.isEmpty {
                    try ChangeTable(db: db).append(staging.record, generation: generation)
                }
                let held = try HoldTable(db).summary()
                try db.execute(sql: "COMMIT TRANSACTION")
                // It is committed, whatever else fails.
                try? MirrorFile.setCache(db, forDelta: false)
                self.publish(generation)
                return staging.record.summary(generation: generation, held: held)
            } catch {
                self.rollBack(db)
                throw error
            }
        }
    }

    package func abandonRefresh() async {
        _ = await stagingQueue.drain()
        // The only error is that of a connection that is closed already.
        try? await write { db in
            self.rollBack(db)
            try MirrorFile.setCache(db, forDelta: false)
        }
    }

    private func staged<Value: Sendable>(
        _ body: @escaping @Sendable (Database, inout Staging) throws -> Value
    ) async throws -> Value {
        if let failure = await stagingQueue.drain() { throw failure }
        return try await write { db in try self.staged(db) { staging in try body(db, &staging) } }
    }

    private func staged<Value>(_ db: Database, _ body: (inout Staging) throws -> Value) throws -> Value {
        defer { if !db.isInsideTransaction { staging.withLock { $0 = nil } } }
        return try staging.withLock { staging in
            guard var open = staging.take(), db.isInsideTransaction else {
                throw misuse(.noStaging, "no staging generation is open")
            }
            defer { staging = open }
            return try body(&open)
        }
    }

    /// SQLite may have rolled back by itself (a full disk); then there is nothing left to do.
    private func rollBack(_ db: Database) {
        if db.isInsideTransaction { try? db.execute(sql: "ROLLBACK TRANSACTION") }
    }

    func misuse(_ code: MirrorError.Code, _ detail: String) -> MirrorError {
        MirrorError(code, path: path, detail: detail)
    }
}
