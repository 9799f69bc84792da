import Identity
import Synchronizer

/// What is known of an open staging generation beside what its transaction holds. Lost with the transaction.
struct Staging: Sendable {
    /// What one scope's refresh has said so far, by row.
    struct Scope: Sendable {
        /// Delivered or named present.
        var seen = RowSet()
        /// Delivered with content.
        var delivered = RowSet()
        /// Named deleted, and not delivered after that.
        var named = RowSet()
        var unknownPresent = 0
    }

    var users = Scope()
    var roles = Scope()
    var record = ChangeRecord()
    let heldUsers: Int
    let heldRoles: Int
    /// What this generation goes without so far.
    var indexes = DeferredIndexes()

    /// Whether people are likely not to be stored yet.
    var expectsNew: Bool { heldUsers == 0 }

    init(heldUsers: Int, heldRoles: Int) {
        self.heldUsers = heldUsers
        self.heldRoles = heldRoles
    }

    subscript(scope: SyncScope) -> Scope {
        get { scope == .users ? users : roles }
        _modify { if scope == .users { yield &users } else { yield &roles } }
    }

    mutating func delivered(_ scope: SyncScope, _ row: Int64) {
        self[scope].seen.insert(row)
        self[scope].delivered.insert(row)
        self[scope].named.remove(row)
    }

    mutating func present(_ scope: SyncScope, _ row: Int64?) {
        guard let row else { return self[scope].unknownPresent += 1 }
        self[scope].seen.insert(row)
        self[scope].named.remove(row)
    }

    mutating func named(_ scope: SyncScope, _ row: Int64) {
        self[scope].seen.remove(row)
        self[scope].named.insert(row)
    }
}
