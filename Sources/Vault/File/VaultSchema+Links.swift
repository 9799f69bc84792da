extension VaultSchema {
    /// Links that went out by mail: to reset a password, and to answer a notice with "this was not me". `message` is the
    /// mail with whose hand-over a reset link begins to live. Decoys have theirs.
    static let links = """
        CREATE TABLE link (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            token BLOB NOT NULL UNIQUE,
            use TEXT NOT NULL CHECK (use IN ('token', 'notme')),
            subject BLOB NOT NULL,
            message INTEGER,
            state TEXT NOT NULL CHECK (state IN ('made', 'live', 'spent', 'dead')),
            expires_at INTEGER NOT NULL,
            key TEXT NOT NULL,
            sealed BLOB NOT NULL
        );
        CREATE INDEX link_subject ON link(subject);
        CREATE INDEX link_message ON link(message);
        CREATE INDEX link_expiry ON link(expires_at);
        """
}
