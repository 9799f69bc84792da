import ArgumentParser
import LocalAPI

struct AuditVerifyCommand: Verb {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "verify",
            abstract: "Recompute the audit's chain; exit code 1 when somebody has changed it.",
            discussion: """
                Examples:
                  latchkeyctl audit verify
                  latchkeyctl --json audit verify
                """
        )
    }

    @OptionGroup var global: GlobalOptions

    func perform(_ session: AdminSession) async throws -> ExitStatus {
        let path = Routes.Admin.auditVerifications
        let found = try await session.show(AuditVerificationDocument.self, path, method: "POST") { found in
            if found.intact { return "The audit is intact: \(found.count) records." }
            let place = found.brokenAt.map { "record \($0)" } ?? "its end"
            return "The audit is broken at \(place): somebody has changed, removed or added records."
        }
        return found.intact ? .done : .failed
    }
}
