import GRDB
import Identity
import Synchronizer

/// Every removal that the directory asks for passes here, inside the transaction: it goes or it is held.
struct RemovalGate {
    private let db: Database
    private let now: Double
    private let rule: RemovalGuard
    private let remover: EntryRemover
    private let holds: HoldTable
    private let hour: RemovalHour
    private let tally: RemovalTally

    /// - Parameter now: seconds since 1970.
    init(_ db: Database, limits: HoldLimits, now: Double) {
        self.db = db
        self.now = now
        rule = RemovalGuard(limits)
        remover = EntryRemover(db, now: now)
        holds = HoldTable(db)
        hour = RemovalHour(db, now: now)
        tally = RemovalTally(db, holds, hour)
    }

    /// Whoever was held is there, as the server says.
    func isThere(_ scope: SyncScope, _ row: Int64) throws {
        if try holds.drop(scope, row) { tally.dropped(scope) }
    }

    /// Judges them together: all that count as too many are held, none of them in part.
    /// - Returns: the rows that were removed.
    @discardableResult
    func remove(_ scope: SyncScope, _ rows: [Int64], _ record: inout ChangeRecord) throws -> [Int64] {
        let new = try notHeld(scope, rows)
        guard !new.isEmpty else { return [] }
        let load = try tally.load(scope, record)
        if let reason = rule.judge(removing: new.count, of: load) {
            let names = try new.compactMap { try EntryTable(scope).identity($0, db)?.dn }
            let sentence = HoldSentence(reason, scope, new.count, of: load, names: names).text
            for row in new { try hold(scope, row, reason, sentence, &record) }
            return []
        }
        let gone = try new.filter { try !holdLargeGroup(scope, $0, &record) }
        for row in gone { try remover.remove(scope, row: row, &record) }
        tally.remove(gone.count, scope)
        return gone
    }

    /// Live removals come one by one: for a few, the table is asked, and not read.
    private func notHeld(_ scope: SyncScope, _ rows: [Int64]) throws -> [Int64] {
        guard rows.count > Self.fewRows else { return try rows.filter { try !holds.contains(scope, $0) } }
        let held = try holds.entries(scope)
        return rows.filter { !held.contains($0) }
    }

    private static let fewRows = 16

    /// Ends the transaction's removals: removes the memberships that groups no longer name, or holds them. After the entries, so that members who
    /// are gone or renamed are no loss.
    func settleMemberships(_ record: inout ChangeRecord) throws {
        for (role, members) in record.takeLosses() {
            guard let dn = try EntryTable.role.identity(role, db)?.dn else { continue }
            try settle(role, dn, members, &record)
        }
        try tally.settle()
        try holds.endEmptyBatches()
    }

    private func settle(_ role: Int64, _ dn: String, _ members: Set<NameDigest>, _ record: inout ChangeRecord) throws {
        let size = try Int.fetchOne(db, sql: "SELECT count(*) FROM edge WHERE role = ?", arguments: [role]) ?? 0
        let recent = try hour.members(of: role)
        // Who was renamed or is gone is no loss. Small groups may lose whom they want.
        let names = try Names(db)
        let isGuarded = size + recent >= HoldLimits.groupSize
        let living = isGuarded ? try members.filter { try names.isBorne($0) } : []
        let reason = rule.judgeGroup(losing: living.count, of: size, recent: recent)
        let held = reason == nil ? [] : living
        for member in members.subtracting(held) {
            try db.cachedStatement(sql: "DELETE FROM edge WHERE role = ? AND member = ?")
                .execute(arguments: [role, member])
        }
        if held.count < members.count { record.changed(role, .roles, dn: dn) }
        try hour.addMembers(reason == nil ? living.count : 0, of: role)
        guard let reason, !held.isEmpty else { return }
        let sentence = "\(dn) would lose \(held.count) of its \(size) members"
        let batch = try holds.openBatch(now, sentence)
        for member in held { try holds.hold(.roles, role, member: member, batch: batch, now: now, reason) }
        record.newlyHeld += held.count
    }

    private func hold(
        _ scope: SyncScope,
        _ row: Int64,
        _ reason: RemovalGuard.Reason,
        _ sentence: String,
        _ record: inout ChangeRecord
    ) throws {
        let batch = try holds.openBatch(now, sentence)
        try holds.hold(scope, row, batch: batch, now: now, reason)
        tally.hold(scope)
        record.newlyHeld += 1
    }

    /// A large group that is gone takes its role from all its members.
    private func holdLargeGroup(_ scope: SyncScope, _ row: Int64, _ record: inout ChangeRecord) throws -> Bool {
        guard scope == .roles else { return false }
        let members = try NameDigest.fetchAll(db, sql: "SELECT member FROM edge WHERE role = ?", arguments: [row])
        guard rule.judgeGroup(losing: members.count, of: members.count, recent: 0) != nil else { return false }
        let names = try Names(db)
        let living = try members.filter { try names.isBorne($0) }
        guard let reason = rule.judgeGroup(losing: living.count, of: members.count, recent: 0) else { return false }
        let dn = try EntryTable(scope).identity(row, db)?.dn ?? "a group"
        try hold(scope, row, reason, "\(dn), which gives its role to \(living.count), would go", &record)
        return true
    }
}
