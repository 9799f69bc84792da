import ArgumentParser

struct PassesCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "passes",
            abstract: "Issue and revoke temporary access passes.",
            subcommands: [PassesIssueCommand.self, PassesRevokeCommand.self]
        )
    }

    @OptionGroup var global: GlobalOptions
}
