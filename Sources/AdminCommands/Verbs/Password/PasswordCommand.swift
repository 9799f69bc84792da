import ArgumentParser

struct PasswordCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "password",
            abstract: "Begin resets of passwords. No command takes one.",
            subcommands: [PasswordResetCommand.self]
        )
    }

    @OptionGroup var global: GlobalOptions
}
