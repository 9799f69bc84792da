import GRDB

/// Turns what SQLite says into a ``VaultError``. SQLite's own message is kept, statements and values are not.
enum VaultFailure {
    static func explain(_ error: any Error, path: String) -> any Error {
        guard let error = error as? DatabaseError else { return error }
        switch error.resultCode {
        case .SQLITE_CORRUPT, .SQLITE_NOTADB:
            return VaultError(.damaged, at: path, detail: "is damaged; stop the daemon and restore a backup")
        case .SQLITE_FULL:
            return unavailable(error, path, "free some disk space")
        case .SQLITE_BUSY, .SQLITE_LOCKED:
            return unavailable(error, path, "end the process that holds the file")
        case .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_CANTOPEN, .SQLITE_AUTH:
            return unavailable(error, path, "check the owner and mode of the file and its directory")
        default:
            return unavailable(error, path, "check the disk")
        }
    }

    private static func unavailable(_ error: DatabaseError, _ path: String, _ advice: String) -> VaultError {
        VaultError(
            .unavailable,
            at: path,
            detail:
                "SQLite says \(error.extendedResultCode.rawValue) (\(error.extendedResultCode)); nothing was changed; "
                + advice
        )
    }
}
