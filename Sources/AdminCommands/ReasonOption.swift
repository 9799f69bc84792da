import ArgumentParser

/// Why: every action of an administrator says so, and the audit keeps it.
struct ReasonOption: ParsableArguments {
    @Option(help: "Why; asked for on a terminal when it is not given.")
    var reason: String?

    /// - Throws: ``MissingInput`` where nobody can be asked.
    func text(_ console: Console) throws -> String {
        if let reason { return reason }
        guard let typed = console.ask?("Reason: ") else { throw MissingInput(text: "Say why with --reason.") }
        return typed
    }
}

/// Something that was not on the command line, and that nobody could be asked for.
struct MissingInput: Error, CustomStringConvertible {
    var text: String
    var description: String { text }
}
