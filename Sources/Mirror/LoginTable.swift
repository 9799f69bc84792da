import GRDB
import Identity

/// The logins that groups name (`memberUid`, RFC 2307): what such a member's digest was made of, so that a group leads
/// to people.
///
/// Logins are compared as hosts compare them: case counts. One that several living people bear, case aside, is
/// nobody's, as it is where somebody is looked up by login.
struct LoginTable {
    private let db: Database

    static let schema = """
        CREATE TABLE login_name (
            name BLOB PRIMARY KEY,
            login TEXT NOT NULL,
            login_key TEXT NOT NULL
        ) WITHOUT ROWID;
        """

    /// From `login_name` to the living people who bear the login.
    static let people = """
        JOIN person ON person.login_key = login_name.login_key AND person.login = login_name.login
            AND person.deleted_at IS NULL
        """

    /// From `login_name` to the one person who is meant.
    static let person = """
        \(people) AND NOT EXISTS (
            SELECT 1 FROM person AS other
            WHERE other.login_key = person.login_key AND other.id <> person.id AND other.deleted_at IS NULL
        )
        """

    init(_ db: Database) { self.db = db }

    func add(_ login: String, _ name: NameDigest) throws {
        try db.cachedStatement(sql: "INSERT OR IGNORE INTO login_name (name, login, login_key) VALUES (?, ?, ?)")
            .execute(arguments: [name, login, MatchKey(login).text])
    }

    /// Somebody has the login no longer: unless another has it, held memberships through it end, so that whoever gets
    /// it next gets none of them.
    func release(_ login: String) throws {
        let isBorne = try Row.fetchOne(
            db,
            sql: "SELECT 1 FROM person WHERE login_key = ? AND login = ? AND deleted_at IS NULL LIMIT 1",
            arguments: [MatchKey(login).text, login]
        )
        if isBorne == nil { try HoldTable(db).releaseName(NameDigest(login: login)) }
    }

    func release(ofPerson row: Int64) throws {
        let login = try String.fetchOne(db, sql: "SELECT login FROM person WHERE id = ?", arguments: [row])
        if let login { try release(login) }
    }

    /// Forgets the logins that no group names any more.
    func forgetUnnamed() throws {
        try db.execute(
            sql: "DELETE FROM login_name WHERE NOT EXISTS (SELECT 1 FROM edge WHERE member = login_name.name)"
        )
    }
}
