import Identity
import Synchronizer

/// What one transaction has changed so far, each row counted once.
struct ChangeRecord: Sendable {
    var users = RowChanges()
    var roles = RowChanges()
    /// By how much the living have become more.
    var livingUsers = 0
    var livingRoles = 0
    /// Removals that were held instead.
    var newlyHeld = 0
    /// Members that groups no longer name, by the group's row. They are judged at the end of the commit.
    private(set) var losses: [Int64: Set<NameDigest>] = [:]
    private(set) var removedUsers: [Int64: EntryID] = [:]
    private(set) var removedRoles: [EntryID] = []
    private(set) var returnedUsers: [Int64: EntryID] = [:]
    private(set) var doubtfulNames: [EntryName] = []
    private(set) var doubtsOverflowed = false
    private(set) var sampleAdded: [String] = []
    private(set) var sampleChanged: [String] = []

    var isEmpty: Bool { users.isEmpty && roles.isEmpty }

    /// Rows that were added, changed or removed.
    var touched: Int { users.count + roles.count }

    mutating func added(_ row: Int64, _ scope: SyncScope, dn: @autoclosure () -> String) {
        if self[scope].added.insert(row) { Self.sample(dn(), &sampleAdded) }
        count(1, scope)
    }

    mutating func changed(_ row: Int64, _ scope: SyncScope, dn: @autoclosure () -> String) {
        guard !self[scope].added.contains(row) else { return }
        if self[scope].changed.insert(row) { Self.sample(dn(), &sampleChanged) }
    }

    mutating func removed(_ row: Int64, _ id: EntryID, _ scope: SyncScope) {
        count(-1, scope)
        self[scope].changed.remove(row)
        // Who came with the same transaction was never there for anybody else.
        if scope == .users { returnedUsers[row] = nil }
        guard !self[scope].added.remove(row) else { return }
        self[scope].removed.insert(row)
        if scope == .users { removedUsers[row] = id } else { removedRoles.append(id) }
    }

    /// A deleted person came back.
    mutating func returned(_ row: Int64, _ id: EntryID, dn: @autoclosure () -> String) {
        count(1, .users)
        if removedUsers.removeValue(forKey: row) == nil { returnedUsers[row] = id }
        if users.removed.remove(row) {
            changed(row, .users, dn: dn())
        } else if users.added.insert(row) {
            Self.sample(dn(), &sampleAdded)
        }
    }

    /// A name whose memberships the server may have rewritten without a message.
    mutating func doubt(_ name: EntryName) {
        guard !doubtfulNames.contains(name) else { return }
        if doubtfulNames.count < CommitSummary.doubtLimit {
            doubtfulNames.append(name)
        } else {
            doubtsOverflowed = true
        }
    }

    /// What a group names no longer, as of its last delivery.
    mutating func lost(_ members: Set<NameDigest>, from role: Int64) {
        losses[role] = members.isEmpty ? nil : members
    }

    mutating func lost(_ member: NameDigest, from role: Int64) { losses[role, default: []].insert(member) }

    /// The group names the member after all.
    mutating func kept(_ member: NameDigest, in role: Int64) { _ = losses[role]?.remove(member) }

    mutating func takeLosses() -> [Int64: Set<NameDigest>] {
        defer { losses = [:] }
        return losses
    }

    func summary(generation: Int64, held: HeldRemovals) -> CommitSummary {
        var summary = CommitSummary(generation: generation)
        summary.newlyHeld = newlyHeld
        summary.held = held
        summary.added = users.added.count + roles.added.count
        summary.changed = users.changed.count + roles.changed.count
        summary.removed = users.removed.count + roles.removed.count
        summary.usersRemoved = Array(removedUsers.values)
        summary.usersReturned = Array(returnedUsers.values)
        summary.doubtfulNames = doubtfulNames
        summary.doubtsOverflowed = doubtsOverflowed
        return summary
    }

    subscript(scope: SyncScope) -> RowChanges {
        get { scope == .users ? users : roles }
        set { if scope == .users { users = newValue } else { roles = newValue } }
        _modify { if scope == .users { yield &users } else { yield &roles } }
    }

    private mutating func count(_ difference: Int, _ scope: SyncScope) {
        if scope == .users { livingUsers += difference } else { livingRoles += difference }
    }

    private static func sample(_ dn: @autoclosure () -> String, _ samples: inout [String]) {
        if samples.count < RefreshDifference.sampleLimit { samples.append(dn()) }
    }
}

/// The rows of one table that a transaction touched.
struct RowChanges: Sendable {
    var added = RowSet()
    var changed = RowSet()
    var removed = RowSet()

    var count: Int { added.count + changed.count + removed.count }
    var isEmpty: Bool { count == 0 }
}
