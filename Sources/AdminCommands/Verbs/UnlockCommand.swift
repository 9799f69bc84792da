import ArgumentParser
import LocalAPI

struct UnlockCommand: Verb {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "unlock",
            abstract: "Open an account that failed attempts have locked.",
            discussion: """
                An administrator's lock stays. Unlocking an account that is not locked does no harm. The \
                reason goes into the audit.

                Examples:
                  latchkeyctl unlock alice
                  latchkeyctl unlock alice --reason "called the helpdesk, ticket 4711"
                """
        )
    }

    static let defaultReason = "latchkeyctl unlock"

    @OptionGroup var global: GlobalOptions

    @Option(help: "Why; asked for on a terminal when it is not given.")
    var reason: String?

    @Argument(help: "The login of a living person.")
    var login: String

    /// Of a directory that is written after the person's own.
    private static func line(_ directory: DirectoryOutcomeDocument) -> String {
        let reason = directory.reason.map { " (\($0))" } ?? ""
        return "\(VisibleText.of(directory.name)): \(directory.outcome)\(reason)"
    }

    func perform(_ session: AdminSession) async throws -> ExitStatus {
        let typed = reason ?? session.console.ask?("Reason: ")
        let given = typed.flatMap { $0.contains { !$0.isWhitespace } ? $0 : nil }
        let body = try APIJSON.encode(UnlockRequest(reason: given ?? Self.defaultReason))
        let path = Routes.fill(Routes.Admin.unlocks, login)
        let outcome = try await session.show(OutcomeDocument.self, path, method: "POST", body: body) { outcome in
            let own =
                outcome.unlocked
                ? "\(VisibleText.of(login)) is not locked any more."
                : "The directory's answer leaves open whether \(VisibleText.of(login)) is unlocked."
            return ([own] + outcome.directories.dropFirst().map(Self.line)).joined(separator: "\n")
        }
        return outcome.outcome == "applied" ? .done : .failed
    }
}
