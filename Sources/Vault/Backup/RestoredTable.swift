/// What becomes of each table when a backup is restored while the vault that was in use is still there to be read.
/// Whoever adds a table adds it here; a test looks for those that are not.
enum RestoredTable: Sendable {
    /// Void: nothing that lived for minutes lives again.
    case void
    /// As the vault in use has it: later counts, later outcomes.
    case asInUse
    /// As the backup has it; but a row that both have is as the vault in use has it: what was spent since stays spent,
    /// and what was frozen or disabled stays so. The columns name the row.
    case merged(key: String, also: Bool)
    /// Looked after by the steps of ``VaultMerge``.
    case byItself

    static let all: [(name: String, rule: RestoredTable)] = [
        ("registration", .merged(key: "person", also: true)), ("method", .merged(key: "id", also: false)),
        ("session", .void), ("challenge", .void), ("message", .void),
        ("approval", .void), ("link", .void),
        ("counted", .asInUse), ("intent", .asInUse), ("write_watch", .asInUse), ("recent_policy", .asInUse),
        ("vault", .byItself), ("keyring", .byItself), ("person_key", .byItself), ("erasure", .byItself),
        ("backup", .byItself), ("audit", .byItself), ("audit_head", .byItself), ("audit_base", .byItself),
        ("grdb_migrations", .byItself),
        ("sqlite_sequence", .byItself),
    ]
}
