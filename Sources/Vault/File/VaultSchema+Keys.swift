extension VaultSchema {
    /// Keys of the vault's own, wrapped; a key for each person whom the audit is about; who and what was erased.
    ///
    /// Methods that go are noted by a trigger, so that no way to delete one is forgotten: a restore must not revive
    /// them. Their ids are random and tell nothing. People are noted by a keyed hash, by whoever erases them.
    static let keys = """
        CREATE TABLE keyring (
            id TEXT PRIMARY KEY,
            use TEXT NOT NULL CHECK (use IN ('root', 'generation', 'audit')),
            position INTEGER NOT NULL,
            covering INTEGER NOT NULL,
            first INTEGER NOT NULL,
            wrapped_by TEXT NOT NULL,
            wrapped BLOB NOT NULL
        ) WITHOUT ROWID;
        CREATE TABLE person_key (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            subject BLOB NOT NULL UNIQUE,
            key TEXT NOT NULL,
            sealed BLOB NOT NULL
        );
        CREATE TABLE erasure (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            what TEXT NOT NULL CHECK (what IN ('person', 'method')),
            value BLOB NOT NULL,
            time INTEGER NOT NULL
        );
        CREATE TABLE backup (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            manifest BLOB NOT NULL,
            mac BLOB NOT NULL
        );
        CREATE TRIGGER method_removed AFTER DELETE ON method BEGIN
            INSERT INTO erasure (what, value, time)
            VALUES ('method', CAST(old.id AS BLOB), CAST(1000 * (julianday('now') - 2440587.5) * 86400 AS INTEGER));
        END;
        """
}
