import ArgumentParser

struct AuditCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "audit",
            abstract: "Read or export the record of decisions, or check that nobody has changed it.",
            subcommands: [AuditListCommand.self, AuditVerifyCommand.self, AuditExportCommand.self]
        )
    }

    @OptionGroup var global: GlobalOptions
}
