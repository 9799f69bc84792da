import ArgumentParser

struct UsersListCommand: Verb {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "list",
            abstract: "List the people in the mirror.",
            discussion: """
                With --json the API's pages come one to a line.

                Examples:
                  latchkeyctl users list
                  latchkeyctl users list --state locked
                  latchkeyctl --json users list --limit 10
                """
        )
    }

    @OptionGroup var global: GlobalOptions

    @Option(help: "Only people in this state: active, locked, disabled, expired or deleted.")
    var state: String?

    @Option(help: "At most so many people.")
    var limit: Int?

    func validate() throws {
        if let limit, limit < 1 { throw ValidationError("--limit must be at least 1.") }
        let known = ["active", "locked", "disabled", "expired", "deleted"]
        if let state, !known.contains(state) {
            throw ValidationError("--state must be one of: \(known.joined(separator: ", ")).")
        }
    }

    func perform(_ session: AdminSession) async throws -> ExitStatus {
        let count = try await UserListing(session: session, state: state, limit: limit).run()
        if count == 0, !session.json { session.console.line("Nobody.") }
        return .done
    }
}
