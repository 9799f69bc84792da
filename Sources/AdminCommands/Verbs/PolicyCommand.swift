import ArgumentParser

struct PolicyCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "policy",
            abstract: "See the policies in force, and what others would do.",
            subcommands: [PolicyListCommand.self, PolicySimulateCommand.self]
        )
    }

    @OptionGroup var global: GlobalOptions
}
