import Foundation
import Identity
import Logging

/// Reads everything again at intervals: what servers never tell (changed access rules, lost messages, groups that
/// were rewritten silently) is found by nothing else.
extension SyncEngine {
    /// Verifies until it is cancelled.
    func verifyRegularly(every interval: Duration) async {
        while !Task.isCancelled {
            // A tenth earlier or later, so that many hosts do not read a directory at the same moment.
            try? await sleep(interval * (0.9 + 0.2 * random()))
            if !Task.isCancelled, isFollowing { await verify() }
        }
    }

    private func verify() async {
        var run = begin(runs.request(full: true, dryRun: false, isVerification: true))
        while !run.isEnded, !Task.isCancelled {
            guard let next = await syncRun(run.id, after: run.revision, wait: Self.verificationPatience) else { return }
            run = next
        }
        guard let summary = run.summary else { return }
        verification.note(summary, at: clock.now)
        guard !summary.isEmpty else { return }
        logger.notice(
            "verification found what the server had not told",
            metadata: [
                "added": "\(summary.added)", "changed": "\(summary.changed)", "removed": "\(summary.removed)",
            ]
        )
    }

    /// Between two looks at a run that says nothing.
    private static let verificationPatience = Duration.seconds(60)
}
