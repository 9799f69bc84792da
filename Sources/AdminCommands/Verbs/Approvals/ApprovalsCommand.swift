import ArgumentParser

struct ApprovalsCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "approvals",
            abstract: "Decide, as a second administrator, about requests that concern protected people.",
            subcommands: [ApprovalsListCommand.self, ApprovalsApproveCommand.self, ApprovalsRefuseCommand.self]
        )
    }

    @OptionGroup var global: GlobalOptions
}
