import GRDB
import Identity

/// Roles through nesting. `UNION` drops what was met before, so that cycles end.
struct RoleClosure {
    let db: Database

    /// The roles of the living person who bears `name` and `login`, upwards: direct ones, those that these are in,
    /// and so on.
    /// - Parameter edges: the memberships that count, as a table of SQL.
    func names(heldBy name: NameDigest?, login: String, edges: String = "edge") throws -> [String] {
        let names = try String.fetchAll(
            db.cachedStatement(
                sql: """
                    WITH RECURSIVE held (role) AS (
                        SELECT role FROM \(edges) AS edge WHERE member = ?1
                        UNION
                        SELECT role FROM \(edges) AS edge WHERE member = ?2 AND 1 = (
                            SELECT count(*) FROM person WHERE login_key = ?3 AND deleted_at IS NULL
                        )
                        UNION
                        SELECT edge.role FROM held
                        JOIN role ON role.id = held.role
                        JOIN \(edges) AS edge ON edge.member = role.name
                    )
                    SELECT DISTINCT title FROM held JOIN role ON role.id = held.role
                    """
            ),
            arguments: [name, NameDigest(login: login), MatchKey(login).text]
        )
        return names.sorted()
    }

    /// The role and all roles inside it, downwards.
    static let inside = """
        WITH RECURSIVE inside (role) AS (
            VALUES (?1)
            UNION
            SELECT child.id FROM inside
            JOIN edge ON edge.role = inside.role
            JOIN role AS child ON child.name = edge.member
        )
        """

    /// How many living people hold the role.
    func memberCount(of role: Int64) throws -> Int {
        try Int.fetchOne(
            db.cachedStatement(
                sql: """
                    SELECT count(*) FROM (\(Self.people))
                    """
            ),
            arguments: [role]
        ) ?? 0
    }

    /// The rows of the living people inside the role `?1`, each once.
    private static let people = """
        \(inside)
        SELECT person.id FROM inside
        JOIN edge ON edge.role = inside.role
        JOIN person ON person.name = edge.member
        UNION
        SELECT person.id FROM inside
        JOIN edge ON edge.role = inside.role
        JOIN login_name ON login_name.name = edge.member
        \(LoginTable.person)
        """

    /// The condition on `person` that it holds the role `?1`.
    static let isMember = "person.id IN (\(people))"
}
