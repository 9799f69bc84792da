import ArgumentParser
import Foundation
import LocalAPI

struct SyncCommand: Verb {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "sync",
            abstract: "Bring the mirror up to date now, or watch it.",
            discussion: """
                Without options it catches up from where the mirror stands. Progress goes to standard error, \
                the result to standard output.

                Examples:
                  latchkeyctl sync
                  latchkeyctl sync --full
                  latchkeyctl sync --full --dry-run
                  latchkeyctl sync --watch             what happens, until Ctrl-C
                  latchkeyctl sync --wait-fresh 5s     return once the mirror holds what the directory holds now
                """
        )
    }

    @OptionGroup var global: GlobalOptions

    @Flag(help: "Read the whole directory again.")
    var full = false

    @Flag(help: "Say what a full sync would change, and change nothing.")
    var dryRun = false

    @Flag(help: "Show each change and each step of following the directory; starts a sync only together with --full.")
    var watch = false

    @Option(
        help: ArgumentHelp(
            "Start no sync, but wait until the mirror is as fresh as now, at most so long (10s, 2m); exit code 75 if not.",
            valueName: "duration"
        )
    )
    var waitFresh: WaitLimit?

    /// How long one request waits for the run to change.
    private static let wait = "10s"

    func validate() throws {
        if waitFresh != nil, full || dryRun || watch {
            throw ValidationError("--wait-fresh stands alone: run “latchkeyctl sync” first, then wait.")
        }
        if watch, dryRun { throw ValidationError("--watch and --dry-run do not go together: run one, then the other.") }
    }

    func perform(_ session: AdminSession) async throws -> ExitStatus {
        if let waitFresh { return try await FreshnessWait(limit: waitFresh.duration).perform(session) }
        if watch {
            if full { _ = try await start(session) }
            return try await SyncWatch().perform(session)
        }
        return try await run(session)
    }

    private func start(_ session: AdminSession) async throws -> (SyncRunDocument, Data) {
        let body = try APIJSON.encode(SyncRequest(full: full, dryRun: dryRun))
        return try await session.ask(SyncRunDocument.self, Routes.Admin.syncs, method: "POST", body: body)
    }

    private func run(_ session: AdminSession) async throws -> ExitStatus {
        var (run, bytes) = try await start(session)
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
