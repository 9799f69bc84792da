import ArgumentParser

struct QuarantineCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "quarantine",
            abstract: "Decide about removals that are held.",
            subcommands: [
                QuarantineListCommand.self, QuarantineShowCommand.self, QuarantineReleaseCommand.self,
                QuarantineRefuseCommand.self,
            ]
        )
    }

    @OptionGroup var global: GlobalOptions
}
