import ArgumentParser

struct FreezeCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "freeze",
            abstract: "Stop resets and changes for a person, and let them go on.",
            subcommands: [FreezeListCommand.self, FreezeSetCommand.self, FreezeLiftCommand.self]
        )
    }

    @OptionGroup var global: GlobalOptions
}
