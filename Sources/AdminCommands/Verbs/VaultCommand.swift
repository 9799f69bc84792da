import ArgumentParser

struct VaultCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "vault",
            abstract: "Back up the private store, rotate its keys, export or erase one person's data.",
            subcommands: [
                VaultStatusCommand.self, VaultBackupCommand.self, VaultRotateKeyCommand.self,
                VaultExportUserCommand.self, VaultEraseUserCommand.self,
            ]
        )
    }

    @OptionGroup var global: GlobalOptions
}
