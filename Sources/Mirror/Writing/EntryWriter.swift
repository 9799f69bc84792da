import GRDB
import Identity
import Synchronizer

/// Writes entries inside a transaction. An entry that is stored as it came is not written again.
///
/// Made anew for each call into the database: the statements come from the connection's cache.
struct EntryWriter {
    private let db: Database
    private let names: Names
    private let people: PersonStatements
    private let groups: RoleStatements
    private let memberships: MembershipWriter
    private let expectsNew: Bool

    /// - Parameters:
    ///   - expectsNew: whether people are likely not to be stored yet. They are then inserted without
    ///     being looked for, which saves a quarter of what a first refresh writes with.
    ///   - now: seconds since 1970.
    init(_ db: Database, now: Double, expectsNew: Bool = false) throws {
        self.db = db
        self.expectsNew = expectsNew
        names = try Names(db)
        people = try PersonStatements(db, now: now)
        groups = try RoleStatements(db)
        memberships = try MembershipWriter(db)
    }

    /// - Parameter written: told of each entry's row.
    func upsert(
        _ entries: PreparedEntries,
        _ record: inout ChangeRecord,
        written: (SyncScope, Int64) throws -> Void
    ) throws {
        switch entries {
        case .people(let rows):
            defer { people.clear() }
            // Where there is none, no name is one's.
            let hasRoles = try names.hasRoles
            try rows.forEach { try written(.users, upsert($0, mayBeRole: hasRoles, &record)) }
        case .role(let role):
            let row = try upsert(role, &record)
            if try memberships.set(role, of: row, &record) { record.changed(row, .roles, dn: role.dn) }
            try written(.roles, row)
        }
    }

    private func move(to dn: String, _ key: DNKey, scope: SyncScope, id: EntryID) -> NameMove {
        NameMove(db, names: names, scope: scope, id: id, to: EntryName(dn: dn, key: key))
    }

    private func upsert(_ person: PersonRow, mayBeRole: Bool, _ record: inout ChangeRecord) throws -> Int64 {
        if expectsNew, let row = try add(person, mayBeRole: mayBeRole, &record) { return row }
        PersonStatements.bindContent(person, to: people.find)
        let stored = try people.find.first { StoredEntry($0) }
        if let stored, stored.isSame, !stored.isDeleted { return stored.row }
        try move(to: person.dn, person.dnKey, scope: .users, id: person.head.id).prepare(stored, &record)
        let statement = people.write(stored, name: person.head.name)
        PersonStatements.bindAll(person, to: statement)
        try statement.run()
        if let login = stored?.formerLogin { try LoginTable(db).release(login) }
        return note(stored, person, &record)
    }

    /// - Returns: nil, with nothing written, where the person is stored already or the name is somebody's.
    private func add(_ person: PersonRow, mayBeRole: Bool, _ record: inout ChangeRecord) throws -> Int64? {
        if mayBeRole, try names.isRole(person.head.name) { return nil }
        PersonStatements.bindAll(person, to: people.insert)
        try people.insert.run()
        guard db.changesCount > 0 else { return nil }
        return note(nil, person, &record)
    }

    private func note(_ stored: StoredEntry?, _ person: PersonRow, _ record: inout ChangeRecord) -> Int64 {
        let row = stored?.row ?? db.lastInsertedRowID
        switch stored?.isDeleted {
        case nil: record.added(row, .users, dn: person.dn)
        case true?: record.returned(row, person.head.id, dn: person.dn)
        case false?: record.changed(row, .users, dn: person.dn)
        }
        return row
    }

    private func upsert(_ role: RoleRow, _ record: inout ChangeRecord) throws -> Int64 {
        RoleStatements.bindContent(role, to: groups.find)
        let stored = try groups.find.first { StoredEntry($0) }
        if let stored, stored.isSame { return stored.row }
        try move(to: role.dn, role.dnKey, scope: .roles, id: role.id).prepare(stored, &record)
        let statement = stored == nil ? groups.insert : groups.update
        RoleStatements.bindAll(role, to: statement)
        try statement.run()
        let row = stored?.row ?? db.lastInsertedRowID
        if stored == nil { record.added(row, .roles, dn: role.dn) } else { record.changed(row, .roles, dn: role.dn) }
        return row
    }
}
