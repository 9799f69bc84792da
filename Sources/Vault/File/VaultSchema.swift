import GRDB

/// The tables of `vault.sqlite`. Times are milliseconds since 1970.
///
/// - What is private stands in `sealed` columns only, with the id of the key in `key` beside it.
/// - `subject`, `method` and `counted.key` are keyed indexes where they could tell a person from a decoy.
///   Only `registration` and the columns `person` of `method`, `intent`, `write_watch` and `recent_policy` hold the
///   directory's own ids, and `intent.account` those of a linked one.
/// - `session`, `intent` and `message` never use an id twice: whoever still holds an old one finds nothing.
enum VaultSchema {
    /// `PRAGMA application_id`: "LKVA".
    static let applicationID: Int32 = 0x4C4B_5641

    /// Marks a new file as ours, in a commit before the first table: the migrator makes a table of its own in a
    /// commit of its own, and whoever is killed after that must find a file that is known to be ours.
    static func claim(_ db: Database) throws {
        guard try Int32.fetchOne(db, sql: "PRAGMA application_id") == 0 else { return }
        try db.execute(sql: "PRAGMA application_id = \(applicationID)")
    }

    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1") { db in
            try db.execute(sql: first)
        }
        migrator.registerMigration("freeze") { db in
            try db.execute(sql: "ALTER TABLE registration ADD COLUMN frozen_at INTEGER")
        }
        migrator.registerMigration("recent-policy") { db in
            try db.execute(sql: recentPolicy)
        }
        migrator.registerMigration("keys") { db in
            try db.execute(sql: keys)
        }
        migrator.registerMigration("administration") { db in
            try db.execute(sql: administration)
        }
        migrator.registerMigration("links") { db in
            try db.execute(sql: links)
        }
        migrator.registerMigration("write-watch") { db in
            try db.execute(sql: watches)
        }
        migrator.registerMigration("audit-base") { db in
            try db.execute(sql: auditBase)
        }
        migrator.registerMigration("linked-directories") { db in
            try db.execute(sql: linkedDirectories)
        }
        return migrator
    }

    private static let recentPolicy = """
        CREATE TABLE recent_policy (
            person BLOB NOT NULL,
            policy TEXT NOT NULL,
            seen_at INTEGER NOT NULL,
            PRIMARY KEY (person, policy)
        ) WITHOUT ROWID;
        CREATE INDEX recent_policy_seen ON recent_policy(seen_at);
        """

    private static let first = """
        CREATE TABLE vault (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            database BLOB NOT NULL,
            key TEXT NOT NULL
        );
        CREATE TABLE registration (
            person BLOB PRIMARY KEY,
            completed_at INTEGER,
            confirmed_at INTEGER,
            disabled_at INTEGER
        ) WITHOUT ROWID;
        CREATE TABLE method (
            position INTEGER PRIMARY KEY AUTOINCREMENT,
            id TEXT NOT NULL UNIQUE,
            person BLOB NOT NULL REFERENCES registration(person),
            key TEXT NOT NULL,
            sealed BLOB NOT NULL
        );
        CREATE INDEX method_person ON method(person);
        CREATE TABLE session (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            token BLOB NOT NULL UNIQUE,
            subject BLOB NOT NULL,
            expires_at INTEGER NOT NULL,
            used_at INTEGER NOT NULL,
            ended_at INTEGER,
            key TEXT NOT NULL,
            sealed BLOB NOT NULL
        );
        CREATE INDEX session_subject ON session(subject);
        CREATE INDEX session_expiry ON session(expires_at);
        CREATE TABLE challenge (
            id TEXT PRIMARY KEY,
            session INTEGER NOT NULL REFERENCES session(id) ON DELETE CASCADE,
            subject BLOB NOT NULL,
            method BLOB NOT NULL,
            code BLOB NOT NULL,
            state TEXT NOT NULL,
            attempts INTEGER NOT NULL,
            expires_at INTEGER NOT NULL,
            key TEXT NOT NULL,
            sealed BLOB NOT NULL
        ) WITHOUT ROWID;
        CREATE INDEX challenge_session ON challenge(session);
        CREATE INDEX challenge_subject ON challenge(subject);
        CREATE INDEX challenge_method ON challenge(method);
        CREATE TABLE counted (
            id INTEGER PRIMARY KEY,
            what TEXT NOT NULL,
            key BLOB NOT NULL,
            time INTEGER NOT NULL
        );
        CREATE INDEX counted_key ON counted(what, key, time);
        CREATE INDEX counted_time ON counted(what, time);
        CREATE TABLE message (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            reference TEXT NOT NULL UNIQUE,
            subject BLOB NOT NULL,
            challenge TEXT NOT NULL,
            due_at INTEGER NOT NULL,
            deadline INTEGER NOT NULL,
            attempts INTEGER NOT NULL,
            key TEXT NOT NULL,
            sealed BLOB NOT NULL
        );
        CREATE INDEX message_due ON message(due_at);
        CREATE INDEX message_subject ON message(subject);
        CREATE INDEX message_challenge ON message(challenge);
        CREATE TABLE intent (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            kind TEXT NOT NULL,
            person BLOB NOT NULL,
            session INTEGER,
            recorded_at INTEGER NOT NULL,
            before BLOB NOT NULL,
            state TEXT NOT NULL CHECK (state IN ('pending', 'unknown', 'applied', 'refused')),
            finished_at INTEGER
        );
        CREATE INDEX intent_unresolved ON intent(id) WHERE state IN ('pending', 'unknown');
        CREATE TABLE audit (
            sequence INTEGER PRIMARY KEY,
            payload BLOB NOT NULL,
            link BLOB NOT NULL
        );
        CREATE TABLE audit_head (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            sequence INTEGER NOT NULL,
            link BLOB NOT NULL,
            mac BLOB NOT NULL
        );
        """
}
