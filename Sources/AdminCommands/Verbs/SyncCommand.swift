import ArgumentParser
import Foundation
import LocalAPI

struct SyncCommand: Verb {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "sync",
            abstract: "Bring the mirror up to date now, and watch it.",
            discussion: """
                Without options it catches up from where the mirror stands. Progress goes to standard error, \
                the result to standard output.

                Examples:
                  latchkeyctl sync
                  latchkeyctl sync --full
                  latchkeyctl sync --full --dry-run
                """
        )
    }

    @OptionGroup var global: GlobalOptions

    @Flag(help: "Read the whole directory again.")
    var full = false

    @Flag(help: "Say what a full sync would change, and change nothing.")
    var dryRun = false

    /// How long one request waits for the run to change.
    private static let wait = "10s"

    func perform(_ session: AdminSession) async throws -> ExitStatus {
        let body = try APIJSON.encode(SyncRequest(full: full, dryRun: dryRun))
        var (run, bytes) = try await session.ask(SyncRunDocument.self, Routes.Admin.syncs, method: "POST", body: body)
        var progress = SyncProgress(console: session.console)
        while !run.ended {
            progress.show(run)
            let path = Routes.query(
                Routes.fill(Routes.Admin.sync, run.id),
                [("after", String(run.revision)), ("wait", Self.wait)]
            )
            (run, bytes) = try await session.ask(SyncRunDocument.self, path)
        }
        progress.end()
        if session.json { session.print(bytes) } else { report(run, on: session.console) }
        return run.phase == "finished" ? .done : .failed
    }

    private func report(_ run: SyncRunDocument, on console: Console) {
        guard run.phase == "finished" else {
            console.errorLine("The sync failed: \(VisibleText.of(run.problem ?? "for a reason that is not known."))")
            return
        }
        if let difference = run.difference {
            console.line(SyncReport.text(difference))
        } else if let summary = run.summary {
            console.line(SyncReport.text(summary))
        } else {
            console.line("Nothing had changed.")
        }
    }
}
