import ArgumentParser
import LocalAPI

struct AuditExportCommand: Verb {
    enum Format: String, ExpressibleByArgument, CaseIterable { case json, cef }

    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "export",
            abstract: "Print decisions, one to a line, for another system.",
            discussion: """
                As JSON, one record of the API to a line; or as CEF, for a SIEM. Ends with the newest record: run it \
                again with --after and the last number for what came since.

                Examples:
                  latchkeyctl audit export > audit.jsonl
                  latchkeyctl audit export --format cef --after 1000 | logger -n siem.example.org
                """
        )
    }

    @OptionGroup var global: GlobalOptions

    @Option(help: "json or cef.")
    var format = Format.json

    @Option(help: "Only records with a higher number.")
    var after: Int64 = 0

    func validate() throws {
        if after < 0 { throw ValidationError("--after must not be negative.") }
    }

    func perform(_ session: AdminSession) async throws -> ExitStatus {
        var cursor: String? = String(after)
        repeat {
            let path = Routes.query(Routes.Admin.audit, [("limit", String(UserListing.pageSize)), ("cursor", cursor)])
            let (page, _) = try await session.ask(ListDocument<AuditRecordDocument>.self, path)
            for record in page.items { session.console.line(try line(record)) }
            cursor = page.next
        } while cursor != nil
        return .done
    }

    private func line(_ record: AuditRecordDocument) throws -> String {
        switch format {
        case .json: String(decoding: try APIJSON.encode(record), as: UTF8.self)
        case .cef: CEFLine.of(record)
        }
    }
}
