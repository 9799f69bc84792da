import ArgumentParser
import LocalAPI

struct QuarantineReleaseCommand: Verb {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "release",
            abstract: "Remove what a batch holds.",
            discussion: """
                The number of removals must be the one that `quarantine show` tells: nothing is removed that \
                nobody has seen. The reason goes into the audit.

                Examples:
                  latchkeyctl quarantine release 1 --removals 60 --reason "class of 2020 left"
                """
        )
    }

    @OptionGroup var global: GlobalOptions

    @Option(help: "How many removals the batch holds.")
    var removals: Int

    @Option(help: "Why.")
    var reason: String

    @Argument(help: "The number of the batch.")
    var batch: Int64

    func perform(_ session: AdminSession) async throws -> ExitStatus {
        let body = try APIJSON.encode(ReleaseRequest(removals: removals, reason: reason))
        let path = Routes.fill(Routes.Admin.quarantineRelease, String(batch))
        _ = try await session.show(ReleaseDocument.self, path, method: "POST", body: body) { done in
            "Released: \(done.removed) entries are removed, \(done.changed) groups changed."
        }
        return .done
    }
}
