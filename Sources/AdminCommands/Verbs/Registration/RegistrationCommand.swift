import ArgumentParser

struct RegistrationCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "registration",
            abstract: "See who is registered, and have registrations confirmed.",
            subcommands: [RegistrationReportCommand.self, RegistrationRequireCommand.self]
        )
    }

    @OptionGroup var global: GlobalOptions
}
