import ArgumentParser
import Foundation
import LocalAPI

struct VaultRotateKeyCommand: Verb {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "rotate-key",
            abstract: "Give the vault new keys of its own, while it is in use.",
            discussion: """
                New keys write at once; older records follow in the background, over restarts too. To change the \
                configured key as well, put a new one before it in `vault.key`, restart the daemon, and take the \
                former one out of the list: that begins a rotation by itself. Keep the former key as long as \
                backups that need it.

                Examples:
                  latchkeyctl vault rotate-key
                  latchkeyctl vault status
                """
        )
    }

    @OptionGroup var global: GlobalOptions

    func perform(_ session: AdminSession) async throws -> ExitStatus {
        let path = Routes.Admin.vaultRotations
        _ = try await session.show(VaultKeysDocument.self, path, method: "POST", as: VaultStatusCommand.text)
        return .done
    }
}
