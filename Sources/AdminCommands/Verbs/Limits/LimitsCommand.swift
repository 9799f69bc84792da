import ArgumentParser

struct LimitsCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "limits",
            abstract: "See the limits that somebody has run into, and forget failed attempts.",
            subcommands: [LimitsListCommand.self, LimitsClearCommand.self]
        )
    }

    @OptionGroup var global: GlobalOptions
}
