extension VaultSchema {
    /// Requests that wait for a second administrator, and registrations that one wants confirmed.
    static let administration = """
        ALTER TABLE registration ADD COLUMN confirmation_required_at INTEGER;
        CREATE TABLE approval (
            position INTEGER PRIMARY KEY AUTOINCREMENT,
            id TEXT NOT NULL UNIQUE,
            expires_at INTEGER NOT NULL,
            key TEXT NOT NULL,
            sealed BLOB NOT NULL
        );
        """
}
