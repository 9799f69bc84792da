import ArgumentParser
import LocalAPI

struct VaultBackupCommand: Verb {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "backup",
            abstract: "Write a backup of the vault into a directory, while it is in use.",
            discussion: """
                The directory is one that the daemon may write to. The file tells nobody anything without the \
                vault key: keep that elsewhere. `latchkeyd --restore FILE` puts it back.

                Examples:
                  latchkeyctl vault backup /var/lib/latchkey/backups
                """
        )
    }

    @OptionGroup var global: GlobalOptions

    @Argument(help: "The absolute path of a directory.")
    var directory: String

    func perform(_ session: AdminSession) async throws -> ExitStatus {
        let body = try APIJSON.encode(BackupRequest(directory: directory))
        let path = Routes.Admin.vaultBackups
        _ = try await session.show(BackupDocument.self, path, method: "POST", body: body) { backup in
            var facts = Facts()
            facts.add("file", backup.path)
            facts.add("bytes", "\(backup.bytes)")
            facts.add("people", "\(backup.people) with \(backup.methods) methods")
            facts.add("key", backup.key)
            return facts.text
        }
        return .done
    }
}
