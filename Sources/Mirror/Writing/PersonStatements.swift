import Foundation
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
    static func bindContent(_ user: FedUser, name: NameDigest, to statement: RowStatement) {
        statement.bind(user.id, at: 1)
        statement.bind(name, at: 2)
        statement.bind(user.dn, at: 3)
        statement.bind(user.login, at: 4)
        statement.bind(user.displayName, at: 5)
        statement.bind(user.email, at: 6)
        statement.bind(user.officePhone, at: 7)
        statement.bind(user.mobilePhone, at: 8)
        statement.bind(user.language, at: 9)
        statement.bind(user.account.state.rawValue, at: 10)
        statement.bind(user.account.lock.rawValue, at: 11)
        statement.bind(user.account.since?.timeIntervalSince1970, at: 12)
        let times = user.account.times
        statement.bind(times.lockEnds?.timeIntervalSince1970, at: 17)
        statement.bind(times.starts?.timeIntervalSince1970, at: 18)
        statement.bind(times.ends?.timeIntervalSince1970, at: 19)
    }

    /// Binds everything that a write needs: parameters 1 to 19.
    static func bindAll(_ user: FedUser, name: NameDigest, to statement: RowStatement) {
        bindContent(user, name: name, to: statement)
        let login = MatchKey(user.login)
        let email = MatchKey(user.email)
        statement.bind(login.text, at: 13)
        statement.bind(email?.text, at: 14)
        statement.bind(SearchWords.stored([login, MatchKey(user.displayName), email]), at: 15)
        statement.bind(user.dnKey.text == user.dn ? nil : user.dnKey.text, at: 16)
    }
}
