import GRDB
import Identity
import Synchronizer

/// The two tables of entries, and the statements that differ in nothing but the table.
enum EntryTable: CaseIterable {
    case person, role

    init(_ scope: SyncScope) {
        self = scope == .users ? .person : .role
    }

    /// A row for each living entry that bears the name `?1`.
    static let bearers = """
        SELECT 1 FROM person WHERE name = ?1 UNION ALL SELECT 1 FROM role WHERE name = ?1
        UNION ALL SELECT 1 FROM login_name \(LoginTable.people) WHERE login_name.name = ?1
        """

    /// Parameters: the id that keeps the name, the name.
    var releaseName: String {
        switch self {
        case .person: "UPDATE person SET name = NULL WHERE name = ?2 AND uuid <> ?1"
        case .role: "UPDATE role SET name = NULL WHERE name = ?2 AND uuid <> ?1"
        }
    }

    /// The row of a living entry by its id.
    var findLiving: String {
        switch self {
        case .person: "SELECT id FROM person WHERE uuid = ?1 AND deleted_at IS NULL"
        case .role: "SELECT id FROM role WHERE uuid = ?1"
        }
    }

    /// The rows of all living entries, in their order.
    var living: String {
        switch self {
        case .person: "SELECT id FROM person WHERE deleted_at IS NULL"
        case .role: "SELECT id FROM role"
        }
    }

    /// Parameters: the change's number, scope and action, and the entry's row.
    var listChange: String {
        switch self {
        case .person: "INSERT INTO change (id, scope, action, uuid) SELECT ?1, ?2, ?3, uuid FROM person WHERE id = ?4"
        case .role: "INSERT INTO change (id, scope, action, uuid) SELECT ?1, ?2, ?3, uuid FROM role WHERE id = ?4"
        }
    }

    private var identity: String {
        switch self {
        case .person: "SELECT uuid, dn, dn_key, name IS NOT NULL FROM person WHERE id = ?"
        case .role: "SELECT uuid, dn, dn_key, name IS NOT NULL FROM role WHERE id = ?"
        }
    }

    /// - Returns: the id, the name as the directory wrote it, and the name that is borne, if one is.
    func identity(_ row: Int64, _ db: Database) throws -> (id: EntryID, dn: String, name: EntryName?)? {
        let statement = try db.cachedStatement(sql: identity)
        guard let found = try Row.fetchOne(statement, arguments: [row]) else { return nil }
        let (dn, key): (String, String?) = (found["dn"], found["dn_key"])
        let isBorne: Bool = found[3]
        let name = isBorne ? EntryName(dn: dn, key: DNKey(canonical: key ?? dn)) : nil
        return (try found.entryID("uuid"), dn, name)
    }
}
