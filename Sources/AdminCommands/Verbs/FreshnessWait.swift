import Foundation
import LocalAPI

/// Waits until the mirror is known to hold what the directory holds now.
struct FreshnessWait {
    let limit: Duration
    /// How long one request waits.
    private static let longest = Duration.seconds(20)

    func perform(_ session: AdminSession) async throws -> ExitStatus {
        // Times travel in milliseconds: the next one is not before now.
        let now = Date().addingTimeInterval(0.001)
        let end = ContinuousClock.now + limit
        var (found, bytes) = try await look(session, asOf: now, wait: .zero)
        if !Self.isFresh(found, now), found.state == "polling" {
            // Who asks at intervals is asked to ask now.
            let body = try APIJSON.encode(SyncRequest(full: false, dryRun: false))
            _ = try await session.ask(SyncRunDocument.self, Routes.Admin.syncs, method: "POST", body: body)
        }
        while !Self.isFresh(found, now), .now < end {
            (found, bytes) = try await look(session, asOf: now, wait: min(end - .now, Self.longest))
        }
        let isFresh = Self.isFresh(found, now)
        if session.json { session.print(bytes) } else { report(found, isFresh, on: session.console) }
        return isFresh ? .done : .tryAgain
    }

    private func look(
        _ session: AdminSession,
        asOf time: Date,
        wait: Duration
    ) async throws -> (FreshnessDocument, Data) {
        let milliseconds = Int(wait / .milliseconds(1))
        let path = Routes.query(
            Routes.Admin.freshness,
            [("asOf", APIJSON.text(time)), ("wait", "\(max(0, milliseconds))ms")]
        )
        return try await session.ask(FreshnessDocument.self, path)
    }

    private static func isFresh(_ found: FreshnessDocument, _ time: Date) -> Bool {
        found.state != "stale" && found.asOf >= time
    }

    private func report(_ found: FreshnessDocument, _ isFresh: Bool, on console: Console) {
        let state = "\(found.state), as of \(LocalTime.text(found.asOf)), generation \(found.generation)"
        if isFresh { return console.line(state) }
        console.errorLine("The mirror did not become fresh within the time given: \(state).")
        console.errorLine("“latchkeyctl status” says what is wrong.")
    }
}
