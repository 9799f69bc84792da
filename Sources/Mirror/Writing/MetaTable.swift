import Foundation
import GRDB
import Synchronizer

/// The one row of facts about the whole, and the cookies.
enum MetaTable {
    static func state(_ db: Database) throws -> MirrorState {
        let meta = try Row.fetchOne(db, sql: "SELECT * FROM meta")
        var cookies: [SyncScope: SyncCookie] = [:]
        for row in try Row.fetchAll(db, sql: "SELECT scope, bytes FROM cookie") {
            guard let scope = SyncScope(rawValue: row["scope"]) else { continue }
            let bytes: Data = row["bytes"]
            cookies[scope] = SyncCookie(bytes: Array(bytes))
        }
        let committedAt: Double? = meta?["committed_at"]
        var state = MirrorState(
            identity: meta?["feed"],
            cookies: cookies,
            generation: meta?["generation"] ?? 0,
            users: meta?["users"] ?? 0,
            roles: meta?["roles"] ?? 0,
            committedAt: committedAt.map(Date.init(timeIntervalSince1970:))
        )
        state.held = try HoldTable(db).summary()
        return state
    }

    /// Living entries as of the last commit.
    static func living(_ scope: SyncScope, _ db: Database) throws -> Int {
        try Int.fetchOne(db, sql: scope == .users ? "SELECT users FROM meta" : "SELECT roles FROM meta") ?? 0
    }

    static func setCookie(_ scope: SyncScope, _ cookie: SyncCookie, _ db: Database) throws {
        try db.execute(
            sql: "INSERT OR REPLACE INTO cookie (scope, bytes) VALUES (?, ?)",
            arguments: [scope.rawValue, Data(cookie.bytes)]
        )
    }

    static func dropCookie(_ scope: SyncScope, _ db: Database) throws {
        try db.execute(sql: "DELETE FROM cookie WHERE scope = ?", arguments: [scope.rawValue])
    }

    static func setFeed(_ identity: String, _ db: Database) throws {
        try db.execute(sql: "UPDATE meta SET feed = ? WHERE feed IS NOT ?", arguments: [identity, identity])
    }

    /// Counts what changed and, if something did, makes a new generation of it.
    /// - Parameters:
    ///   - isRefresh: the first refresh makes a generation even of nothing: an empty directory is an answer too.
    ///   - now: seconds since 1970.
    /// - Returns: the generation that the commit makes visible.
    static func advance(_ record: ChangeRecord, isRefresh: Bool, now: Double, _ db: Database) throws -> Int64 {
        let generation = try Int64.fetchOne(db, sql: "SELECT generation FROM meta") ?? 0
        let isNew = !record.isEmpty || (isRefresh && generation == 0)
        guard isNew || isRefresh else { return generation }
        let next = isNew ? generation + 1 : generation
        try db.execute(
            sql: "UPDATE meta SET generation = ?, users = users + ?, roles = roles + ?, committed_at = ?",
            arguments: [next, record.livingUsers, record.livingRoles, now]
        )
        return next
    }
}
