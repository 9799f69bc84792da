import Audit
import Foundation
import SelfService

extension VaultTransaction {
    /// - Returns: seconds until there may be another event, by what holds of the limit. What the configuration says and
    ///   is only tried out goes to the audit, once in the counter's window.
    func wait(_ counter: Counter, _ name: LimitName, _ limits: Limits) throws -> Int? {
        if let held = limits.held(name), let wait = try wait(counter, limit: held) { return wait }
        if limits.isDryRun, let tried = limits[name], try wait(counter, limit: tried) != nil {
            try note(name, counter, .unknown)
        }
        return nil
    }

    /// As ``wait(_:_:_:)``, for what is counted in the challenge itself.
    func tryOutAnswers(_ answers: Int, _ limits: Limits) throws {
        guard limits.isDryRun, answers == limits.answersPerChallenge else { return }
        let all = Counter(sort: .notes, key: secrets.index.budget("challenges"), window: Self.minute)
        try note(.answersPerChallenge, all, .unknown)
    }

    /// One record for each incident, not for each of its thousand calls.
    func note(_ name: LimitName, _ counter: Counter, _ result: AuditResult, by actor: AuditActor = .daemon) throws {
        let told = Counter(
            sort: .notes,
            key: secrets.index.note(name.rawValue, of: counter.key),
            window: max(counter.window, Self.noteWindow)
        )
        guard try time(told, back: 0) == nil else { return }
        try count(told)
        try audit(
            AuditEvent(
                .limitReached,
                result,
                by: actor,
                details: ["limit": name.rawValue, "dryRun": "\(result == .unknown)"]
            )
        )
    }

    /// Seconds.
    private static var noteWindow: TimeInterval { 600 }
}
