import Identity
import GRDB
import Synchronizer

/// The statements of the table `role`, with parameters numbered alike.
struct RoleStatements {
    let find: RowStatement
    let insert: RowStatement
    let update: RowStatement

    init(_ db: Database) throws {
        find = try RowStatement(
            db,
            "SELECT id, name IS ?2 AND dn = ?3 AND title = ?4, name, 0, NULL, 0, 0 FROM role WHERE uuid = ?1"
        )
        insert = try RowStatement(
            db,
            "INSERT INTO role (uuid, name, dn, title, title_key, dn_key) VALUES (?1, ?2, ?3, ?4, ?5, ?6)"
        )
        update = try RowStatement(
            db,
            "UPDATE role SET name = ?2, dn = ?3, title = ?4, title_key = ?5, dn_key = ?6 WHERE uuid = ?1"
        )
    }

    static func bindContent(_ role: RoleRow, to statement: RowStatement) {
        statement.bind(role.id, at: 1)
        statement.bind(role.name, at: 2)
        statement.bind(role.dn, at: 3)
        statement.bind(role.title, at: 4)
    }

    static func bindAll(_ role: RoleRow, to statement: RowStatement) {
        bindContent(role, to: statement)
        statement.bind(MatchKey(role.title).text, at: 5)
        statement.bind(role.dnKey.text == role.dn ? nil : role.dnKey.text, at: 6)
    }
}
