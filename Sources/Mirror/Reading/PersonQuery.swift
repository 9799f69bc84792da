import Foundation
import GRDB
import Identity
import Synchronizer

/// Reads people. All parts see one snapshot, the one of `db`.
struct PersonQuery {
    let db: Database
    /// Accounts are as they stand then.
    let now: Date

    /// - Parameter condition: SQL without any value in it; values are `arguments`.
    func people(where condition: String, _ arguments: StatementArguments) throws -> [User] {
        let statement = try db.cachedStatement(sql: "SELECT * FROM person WHERE \(condition)")
        return try Row.fetchAll(statement, arguments: arguments).map(user)
    }

    func page(where condition: String, _ arguments: StatementArguments, limit: Int) throws -> Page<User> {
        let rows = try Row.fetchAll(
            db,
            sql: "SELECT * FROM person WHERE \(condition) ORDER BY login_key, id LIMIT ?",
            arguments: arguments + [limit + 1]
        )
        let next =
            rows.count > limit ? rows.dropLast().last.map { ListCursor(key: $0["login_key"], row: $0["id"]) } : nil
        return Page(items: try rows.prefix(limit).map(user), next: next?.text)
    }

    func contactTimes(of person: EntryID) throws -> ContactTimes? {
        let statement = try db.cachedStatement(
            sql: """
                SELECT email_since, office_phone_since, mobile_phone_since FROM person
                WHERE uuid = ? AND deleted_at IS NULL
                """
        )
        return try Row.fetchOne(statement, arguments: [Data(person.bytes)]).map {
            ContactTimes(
                email: Self.time($0["email_since"]),
                officePhone: Self.time($0["office_phone_since"]),
                mobilePhone: Self.time($0["mobile_phone_since"])
            )
        }
    }

    private func user(_ row: Row) throws -> User {
        let deletedAt: Double? = row["deleted_at"]
        return User(
            id: try row.entryID("uuid"),
            dn: row["dn"],
            login: row["login"],
            displayName: row["display_name"],
            email: row["email"],
            officePhone: row["office_phone"],
            mobilePhone: row["mobile_phone"],
            language: row["language"],
            roles: deletedAt == nil ? try RoleClosure(db: db).names(heldBy: row["name"], login: row["login"]) : [],
            account: deletedAt.map(Self.deleted) ?? Self.account(row).asOf(now)
        )
    }

    private static func deleted(_ at: Double) -> AccountStatus {
        AccountStatus(state: .deleted, since: Date(timeIntervalSince1970: at))
    }

    /// A value that this version does not know closes the account rather than opening it.
    private static func account(_ row: Row) -> AccountStatus {
        AccountStatus(
            state: AccountStatus.State(rawValue: row["state"]) ?? .disabled,
            lock: LockState(rawValue: row["lock"]) ?? .administrator,
            since: time(row["since"]),
            times: AccountTimes(
                lockEnds: time(row["lock_ends"]),
                starts: time(row["starts_at"]),
                ends: time(row["ends_at"])
            )
        )
    }

    private static func time(_ seconds: Double?) -> Date? { seconds.map(Date.init(timeIntervalSince1970:)) }
}
