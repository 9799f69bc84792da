import Foundation
import GRDB
import Synchronizer

/// The one row of facts about the whole, and the cookies.
enum MetaTable {
    static func state(_ db: Database) throws -> MirrorState {
        let meta = try Row.fetchOne(db, sql: "SELECT feed, generation, users, roles FROM meta")
        var cookies: [SyncScope: SyncCookie] = [:]
        for row in try Row.fetchAll(db, sql: "SELECT scope, bytes FROM cookie") {
            guard let scope = SyncScope(rawValue: row["scope"]) else { continue }
            let bytes: Data = row["bytes"]
            cookies[scope] = SyncCookie(bytes: Array(bytes))
        }
        return MirrorState(
            identity: meta?["feed"],
            cookies: cookies,
            generation: meta?["generation"] ?? 0,
            users: meta?["users"] ?? 0,
            roles: meta?["roles"] ?? 0
        )
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
    /// - Parameter isFirst: a generation is made even of nothing, since an empty directory is an answer too.
    /// - Returns: the generation that the commit makes visible.
    static func advance(_ record: ChangeRecord, isFirst: Bool, _ db: Database) throws -> Int64 {
        let generation = try state(db).generation
        guard !record.isEmpty || (isFirst && generation == 0) else { return generation }
        try db.execute(
            sql: "UPDATE meta SET generation = ?, users = users + ?, roles = roles + ?",
            arguments: [generation + 1, record.livingUsers, record.livingRoles]
        )
        return generation + 1
    }
}
