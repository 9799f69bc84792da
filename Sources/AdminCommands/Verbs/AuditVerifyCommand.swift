import ArgumentParser
import LocalAPI

struct AuditVerifyCommand: Verb {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "verify",
            abstract: "Recompute the audit's chain; exit code 1 when somebody has changed it.",
            discussion: """
                The daemon writes where the audit ends into the journal, every hour and when it stops. With --anchor that \
                place is compared too: nobody can have cut off or replaced what was before it.

                Examples:
                  latchkeyctl audit verify
                  journalctl -u latchkeyd | grep 'the audit ends at'
                  latchkeyctl audit verify --anchor 1234:9f86d081884c7d65…
                  latchkeyctl --json audit verify
                """
        )
    }

    @OptionGroup var global: GlobalOptions

    @Option(help: "Where the audit once ended, from the journal.")
    var anchor: String?

    func perform(_ session: AdminSession) async throws -> ExitStatus {
        let path = Routes.Admin.auditVerifications
        let body = try APIJSON.encode(AuditVerificationRequest(anchor: anchor))
        let found = try await session.show(AuditVerificationDocument.self, path, method: "POST", body: body) { found in
            if found.intact { return Self.intact(found) }
            if found.brokenAt == nil {
                return "The audit is not the one that the anchor was taken from: records were cut off or replaced."
            }
            let place = found.brokenAt.map { "record \($0)" } ?? "its end"
            return "The audit is broken at \(place): somebody has changed, removed or added records."
        }
        return found.intact ? .done : .failed
    }

    private static func intact(_ found: AuditVerificationDocument) -> String {
        let anchor =
            switch found.anchor {
            case "holds": " The anchor holds."
            case "too-old": " The anchor is older than what is kept, and says nothing any more."
            default: ""
            }
        return "The audit is intact: \(found.count) records.\(anchor)" + (found.end.map { " It ends at \($0)." } ?? "")
    }
}
