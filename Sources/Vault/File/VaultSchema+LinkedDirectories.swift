extension VaultSchema {
    /// Writes to linked directories: its name, the account's id there, and the intent that is followed. Null in all
    /// three for the mirrored directory, and so for every intent of an earlier version.
    static let linkedDirectories = """
        ALTER TABLE intent ADD COLUMN directory TEXT;
        ALTER TABLE intent ADD COLUMN account BLOB;
        ALTER TABLE intent ADD COLUMN leader INTEGER;
        """
}
