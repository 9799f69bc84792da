import ArgumentParser

struct UsersSearchCommand: Verb {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "search",
            abstract: "Find people whose login, name or email begins like this, or has a word that does.",
            discussion: """
                Examples:
                  latchkeyctl users search ali
                  latchkeyctl users search --limit 5 example.org
                """
        )
    }

    @OptionGroup var global: GlobalOptions

    @Option(help: "At most so many people.")
    var limit: Int?

    @Argument(help: "What to look for; upper and lower case are the same.")
    var text: String

    func validate() throws {
        if let limit, limit < 1 { throw ValidationError("--limit must be at least 1.") }
        if text.isEmpty { throw ValidationError("Say what to look for.") }
    }

    func perform(_ session: AdminSession) async throws -> ExitStatus {
        let count = try await UserListing(session: session, search: text, limit: limit).run()
        if count == 0, !session.json { session.console.line("Nobody.") }
        return .done
    }
}
