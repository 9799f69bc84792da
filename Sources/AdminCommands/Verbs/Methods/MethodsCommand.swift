import ArgumentParser

struct MethodsCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "methods",
            abstract: "Look at what people have registered, enter and remove it.",
            subcommands: [
                MethodsListCommand.self, MethodsAddCommand.self, MethodsRemoveCommand.self, MethodsImportCommand.self,
            ]
        )
    }

    @OptionGroup var global: GlobalOptions
}
