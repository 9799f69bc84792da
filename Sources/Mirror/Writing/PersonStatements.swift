import GRDB
import Identity
import Synchronizer

/// The statements of the table `person`. All number their parameters alike, so that one binding serves them.
struct PersonStatements {
    let find: RowStatement
    let insert: RowStatement
    private let rename: RowStatement
    private let readdress: RowStatement
    private let update: RowStatement
    private let now: Double

    /// - Parameter now: seconds since 1970, the time of what changes.
    init(_ db: Database, now: Double) throws {
        self.now = now
        find = try RowStatement(
            db,
            """
            SELECT id, name IS ?2 AND dn = ?3 AND login = ?4 AND display_name IS ?5 AND email IS ?6
                AND office_phone IS ?7 AND mobile_phone IS ?8 AND language IS ?9
                AND state = ?10 AND lock = ?11 AND since IS ?12
                AND lock_ends IS ?17 AND starts_at IS ?18 AND ends_at IS ?19,
                name, deleted_at IS NOT NULL, CASE WHEN login <> ?4 THEN login END,
                login = ?4, email IS ?6
            FROM person WHERE uuid = ?1
            """
        )
        insert = try RowStatement(
            db,
            """
            INSERT INTO person (uuid, name, dn, login, display_name, email, office_phone, mobile_phone, language,
                state, lock, since, login_key, email_key, words, dn_key, lock_ends, starts_at, ends_at)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19)
            ON CONFLICT DO NOTHING
            """
        )
        // SQLite takes a row out of the index of each column that is set and puts it in again, also where the value
        // stays: a page each, somewhere else for each person.
        rename = try RowStatement(
            db,
            "UPDATE person SET name = ?2, login = ?4, login_key = ?13, email = ?6, email_key = ?14, \(Self.plain)"
        )
        readdress = try RowStatement(db, "UPDATE person SET email = ?6, email_key = ?14, \(Self.plain)")
        update = try RowStatement(db, "UPDATE person SET \(Self.plain)")
    }

    /// The columns that no index is made of.
    private static let plain = """
        dn = ?3, display_name = ?5, office_phone = ?7, mobile_phone = ?8, language = ?9, state = ?10, lock = ?11,
            email_since = CASE WHEN email IS ?6 THEN email_since ELSE ?20 END,
            office_phone_since = CASE WHEN office_phone IS ?7 THEN office_phone_since ELSE ?20 END,
            mobile_phone_since = CASE WHEN mobile_phone IS ?8 THEN mobile_phone_since ELSE ?20 END,
            since = ?12, words = ?15, dn_key = ?16, lock_ends = ?17, starts_at = ?18, ends_at = ?19,
            deleted_at = NULL
        WHERE id = ?21
        """

    /// What writes a person: nothing more than what differs from what is stored.
    func write(_ stored: StoredEntry?, name: NameDigest) -> RowStatement {
        guard let stored else { return insert }
        let statement = change(of: stored, name)
        statement.bind(now, at: 20)
        statement.bind(stored.row, at: 21)
        return statement
    }

    private func change(of stored: StoredEntry, _ name: NameDigest) -> RowStatement {
        guard stored.name == name, stored.hasSameLogin else { return rename }
        return stored.hasSameEmail ? update : readdress
    }

    /// Binds what the directory says: parameters 1 to 12 and 17 to 19.
    static func bindContent(_ person: PersonRow, to statement: RowStatement) {
        statement.bind(person.head.id, at: 1)
        statement.bind(person.head.name, at: 2)
        for text in said { person.bind(text, to: statement) }
        statement.bind(person.head.since, at: 12)
        statement.bind(person.head.lockEnds, at: 17)
        statement.bind(person.head.starts, at: 18)
        statement.bind(person.head.ends, at: 19)
    }

    /// Binds everything that a write needs: parameters 1 to 19.
    static func bindAll(_ person: PersonRow, to statement: RowStatement) {
        bindContent(person, to: statement)
        for text in derived { person.bind(text, to: statement) }
    }

    private static let derived: [PersonText] = [.loginKey, .emailKey, .words, .dnKey]
    private static let said = PersonText.allCases.filter { !derived.contains($0) }

    /// Before the rows end that were bound.
    func clear() {
        for statement in [find, insert, rename, readdress, update] { statement.clear() }
    }
}
