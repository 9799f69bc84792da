import Foundation
import Glibc
import Synchronizer

/// The folder of mirror and vault, and the files in it: what is in them is the daemon's alone.
struct StateExamination {
    let folder: String

    private static let files = ["vault.sqlite", "vault.sqlite-wal", "mirror.sqlite", "mirror.sqlite-wal"]

    /// Whose the folder is; nil before the first start.
    var owner: UInt32? { Self.status(folder)?.st_uid }

    func finding() -> Finding {
        guard let status = Self.status(folder) else {
            return Finding(.state, folder, .fine, "the first start makes it")
        }
        if status.st_mode & 0o022 != 0 { return open(folder, "others may write to it", "700") }
        for name in Self.files {
            let path = "\(folder)/\(name)"
            if let status = Self.status(path), status.st_mode & 0o077 != 0 {
                return open(path, "others may read it", "600")
            }
        }
        return Finding(.state, folder, .fine, "mirror and vault are the daemon's alone")
    }

    private func open(_ path: String, _ text: String, _ mode: String) -> Finding {
        Finding(
            .state,
            path,
            .failure,
            text,
            remedy: "Find out who did.",
            pastes: [Finding.Paste("as root", "chmod \(mode) \(SecretsExamination.quoted(path))")]
        )
    }

    private static func status(_ path: String) -> stat? {
        var status = stat()
        return unsafe lstat(path, &status) == 0 ? status : nil
    }
}
