import ArgumentParser

struct RolesCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "roles",
            abstract: "Look at the roles in the mirror.",
            subcommands: [RolesListCommand.self, RolesShowCommand.self]
        )
    }

    @OptionGroup var global: GlobalOptions
}
