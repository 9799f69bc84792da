import ArgumentParser

struct UsersCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "users",
            abstract: "Look at the people in the mirror.",
            subcommands: [UsersListCommand.self, UsersShowCommand.self, UsersSearchCommand.self]
        )
    }

    @OptionGroup var global: GlobalOptions
}
