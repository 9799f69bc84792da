import ArgumentParser
import LocalAPI

struct QuarantineRefuseCommand: Verb {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "refuse",
            abstract: "Keep what a batch holds, and read the directory again in full.",
            discussion: """
                For after the directory was put right: whoever it shows again stays. Whoever it still does not \
                show is held again. The reason goes into the audit.

                Examples:
                  latchkeyctl quarantine refuse 1 --reason "access rule corrected"
                """
        )
    }

    @OptionGroup var global: GlobalOptions

    @Option(help: "Why.")
    var reason: String

    @Argument(help: "The number of the batch.")
    var batch: Int64

    func perform(_ session: AdminSession) async throws -> ExitStatus {
        let body = try APIJSON.encode(RefuseRequest(reason: reason))
        let path = Routes.fill(Routes.Admin.quarantineRefuse, String(batch))
        _ = try await session.show(SyncRunDocument.self, path, method: "POST", body: body) { _ in
            "Refused: nothing of it is removed; the directory is read again."
        }
        return .done
    }
}
