import Identity
import GRDB

/// The tables of `mirror.sqlite`.
///
/// - A membership is a pair of a group and a *name* (``NameDigest``), as the directory has it: a distinguished
///   name, or a login (``LoginTable``). Who is meant is
///   decided when it is read, by the living entry that bears the name then.
/// - `person.name` is unique and null for the deleted: one name is borne by at most one living person.
/// - `dn_key` is the canonical form of `dn` where the two differ.
/// - `edge` is found from both ends by an index, since roles are asked for upwards and members downwards.
/// - `email_since` and its like are when the value was seen to become what it is; null where it never was another.
/// - The columns that end in `_key` hold what ``MatchKey`` makes of the value before them.
enum MirrorSchema {
    /// `PRAGMA application_id`: "LKMI".
    static let applicationID: Int32 = 0x4C4B_4D49

    /// Marks a new file as ours, in a commit before the first table: the migrator makes a table of its own in a
    /// commit of its own, and whoever is killed after that must find a file that is known to be ours.
    static func claim(_ db: Database) throws {
        guard try Int32.fetchOne(db, sql: "PRAGMA application_id") == 0 else { return }
        try db.execute(sql: "PRAGMA application_id = \(applicationID)")
    }

    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        // What the first version stored is read again from the directory.
        migrator.registerMigration("1") { _ in }
        migrator.registerMigration("2") { db in
            for table in ["meta", "cookie", "name", "person", "role", "edge"] {
                try db.execute(sql: "DROP TABLE IF EXISTS \(table)")
            }
            try db.execute(sql: tables)
        }
        migrator.registerMigration("3") { db in
            try db.execute(sql: HoldTable.schema)
            try db.execute(sql: RemovalHour.schema)
        }
        migrator.registerMigration("4") { db in try db.execute(sql: ChangeTable.schema) }
        migrator.registerMigration("posix-members") { db in try db.execute(sql: LoginTable.schema) }
        migrator.registerMigration("account-times") { db in
            for column in ["lock_ends", "starts_at", "ends_at"] {
                try db.execute(sql: "ALTER TABLE person ADD COLUMN \(column) REAL")
            }
        }
        // Without it, whoever looks for the deleted reads everybody.
        migrator.registerMigration("deleted-people") { db in
            try db.execute(sql: "CREATE INDEX person_deleted ON person(uuid, deleted_at) WHERE deleted_at IS NOT NULL")
        }
        migrator.registerMigration("contact-times") { db in
            for column in ["email_since", "office_phone_since", "mobile_phone_since"] {
                try db.execute(sql: "ALTER TABLE person ADD COLUMN \(column) REAL")
            }
        }
        return migrator
    }

    private static let tables = """
        CREATE TABLE meta (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            feed TEXT,
            generation INTEGER NOT NULL,
            users INTEGER NOT NULL,
            roles INTEGER NOT NULL,
            committed_at REAL
        );
        INSERT INTO meta VALUES (1, NULL, 0, 0, 0, NULL);
        CREATE TABLE cookie (scope TEXT PRIMARY KEY, bytes BLOB NOT NULL) WITHOUT ROWID;
        CREATE TABLE person (
            id INTEGER PRIMARY KEY,
            uuid BLOB NOT NULL UNIQUE,
            name BLOB UNIQUE,
            dn TEXT NOT NULL,
            dn_key TEXT,
            login TEXT NOT NULL,
            login_key TEXT NOT NULL,
            display_name TEXT,
            email TEXT,
            email_key TEXT,
            office_phone TEXT,
            mobile_phone TEXT,
            language TEXT,
            state TEXT NOT NULL,
            lock TEXT NOT NULL,
            since REAL,
            words TEXT NOT NULL,
            deleted_at REAL
        );
        CREATE INDEX person_login ON person(login_key);
        CREATE INDEX person_email ON person(email_key) WHERE email_key IS NOT NULL;
        CREATE TABLE role (
            id INTEGER PRIMARY KEY,
            uuid BLOB NOT NULL UNIQUE,
            name BLOB UNIQUE,
            dn TEXT NOT NULL,
            dn_key TEXT,
            title TEXT NOT NULL,
            title_key TEXT NOT NULL
        );
        CREATE INDEX role_title ON role(title_key);
        CREATE TABLE edge (
            role INTEGER NOT NULL,
            member BLOB NOT NULL,
            PRIMARY KEY (role, member)
        ) WITHOUT ROWID;
        CREATE INDEX edge_member ON edge(member);
        """
}
