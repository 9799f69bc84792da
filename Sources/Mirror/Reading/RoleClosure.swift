import GRDB
import Identity

/// Roles through nesting. `UNION` drops what was met before, so that cycles end.
struct RoleClosure {
    let db: Database

    /// The roles of whoever bears `name`, upwards: direct ones, those that these are in, and so on.
    func names(heldBy name: NameDigest?) throws -> [String] {
        guard let name else { return [] }
        let names = try String.fetchAll(
            db.cachedStatement(
                sql: """
                    WITH RECURSIVE held (role) AS (
                        SELECT role FROM edge WHERE member = ?1
                        UNION
                        SELECT edge.role FROM held
                        JOIN role ON role.id = held.role
                        JOIN edge ON edge.member = role.name
                    )
                    SELECT DISTINCT title FROM held JOIN role ON role.id = held.role
                    """
            ),
            arguments: [name]
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
                    \(Self.inside)
                    SELECT count(DISTINCT person.id) FROM inside
                    JOIN edge ON edge.role = inside.role
                    JOIN person ON person.name = edge.member
                    """
            ),
            arguments: [role]
        ) ?? 0
    }

    /// The condition on `person` that it holds the role `?1`.
    static let isMember = """
        person.name IN (
            \(inside) SELECT edge.member FROM inside JOIN edge ON edge.role = inside.role
        )
        """
}
