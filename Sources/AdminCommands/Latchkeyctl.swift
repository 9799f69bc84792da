import ArgumentParser

/// The root of the command line.
struct Latchkeyctl: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "latchkeyctl",
            abstract: "Watch and steer the Latchkey daemon.",
            discussion: """
                Exit codes: 0 done, 1 refused or failed, 2 usage, 69 daemon not reachable, 75 try again later.

                Examples:
                  latchkeyctl status
                  latchkeyctl users show alice
                  latchkeyctl --json sync --full
                """,
            subcommands: [
                StatusCommand.self, SyncCommand.self, QuarantineCommand.self, UsersCommand.self, RolesCommand.self,
                MethodsCommand.self, RegistrationCommand.self, PassesCommand.self, PasswordCommand.self,
                LimitsCommand.self, FreezeCommand.self,
                ApprovalsCommand.self, PolicyCommand.self, UnlockCommand.self, ExplainCommand.self, AuditCommand.self,
                VaultCommand.self, DoctorCommand.self, ReloadCommand.self,
            ]
        )
    }

    @OptionGroup var global: GlobalOptions
}
