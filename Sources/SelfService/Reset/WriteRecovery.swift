package import Foundation
import Audit
import Identity
import Logging

/// Resolves writes that a crash, or a lost answer, left without an outcome, by reading the directory.
package struct WriteRecovery: Sendable {
    private let environment: ServiceEnvironment
    private let startedAt: Date
    /// A write that was on its way when the daemon died may still arrive: younger ones are left alone.
    package static let settleTime: TimeInterval = 2
    /// A write of this process may still be under way: longer than all its deadlines together.
    package static let flightTime: TimeInterval = 300

    /// - Parameter startedAt: when this process began; what was recorded before is nobody's any more.
    package init(environment: ServiceEnvironment, startedAt: Date) {
        self.environment = environment
        self.startedAt = startedAt
    }

    /// - Returns: how many are still without an outcome: too young, or the directory did not answer.
    package func resolveAll() async throws(ServiceError) -> Int {
        let intents = try await unresolved()
        guard !intents.isEmpty else { return 0 }
        for intent in intents where intent.link == nil { _ = try await resolve(intent) }
        // What follows one that turned out to be refused has its outcome with it.
        let left = try await unresolved()
        let leaders = Set(left.filter { $0.link == nil }.map(\.id))
        var remaining = leaders.count
        for intent in left {
            guard let link = intent.link else { continue }
            if leaders.contains(link.leader) {
                remaining += 1
            } else if try await !resolve(intent) {
                remaining += 1
            }
        }
        return remaining
    }

    private func unresolved() async throws(ServiceError) -> [WriteIntent] {
        try await environment.vault { try await $0.unresolvedWrites() }
    }

    private func resolve(_ intent: WriteIntent) async throws(ServiceError) -> Bool {
        guard environment.clock.now >= intent.recordedAt.addingTimeInterval(patience(with: intent)) else {
            return false
        }
        let outcome: WriteOutcome
        do throws(DirectoryFailure) {
            outcome = try await self.outcome(of: intent)
        } catch {
            return false
        }
        environment.logger.notice(
            "a write was left without an outcome and is now resolved",
            metadata: [
                "person": "\(intent.person)", "outcome": "\(outcome.result.rawValue)",
                "directory": "\(intent.link?.directory ?? "")",
            ]
        )
        try await environment.vault { try await $0.finishWrite(intent, outcome: outcome, by: .daemon) }
        environment.wakeCourier()
        return true
    }

    /// Several directories are written one after the other, and their intents are as old as the first.
    private func patience(with intent: WriteIntent) -> TimeInterval {
        if intent.recordedAt < startedAt { return Self.settleTime }
        return intent.link == nil ? Self.flightTime : Self.flightTime * Double(1 + environment.linked.count)
    }

    private func outcome(of intent: WriteIntent) async throws(DirectoryFailure) -> WriteOutcome {
        guard let link = intent.link else {
            return Self.outcome(of: intent, account: try await environment.directory.account(intent.person))
        }
        guard let directory = environment.linked.first(where: { $0.name == link.directory }) else {
            // The configuration does not name it any more: nobody can ever say.
            return WriteOutcome(.refused, reason: .directoryUnavailable, server: "")
        }
        var outcome = Self.outcome(of: intent, account: try await directory.accounts.account(link.account))
        if outcome.result == .refused, outcome.reason == nil { outcome.reason = .notAttempted }
        return outcome
    }

    /// Pure: what the account as it is now says of the write.
    static func outcome(of intent: WriteIntent, account: LiveAccount?) -> WriteOutcome {
        guard let account else { return WriteOutcome(.refused, reason: .accountGone, server: "") }
        let isUnlocked = account.user.account.lock == .unlocked
        let happened =
            switch intent.kind {
            // Where the server keeps no time of the last change, its version tells. Where it does and has none, nothing
            // was written, whatever else has touched the entry since.
            case .password:
                account.marker.passwordChangedAt == nil && intent.before.passwordChangedAt == nil
                    && account.marker.isDated != true
                    ? account.marker.version != intent.before.version
                    : account.marker.passwordChangedAt != intent.before.passwordChangedAt
            case .unlock: isUnlocked
            }
        var outcome = WriteOutcome(happened ? .applied : .refused, unlocked: isUnlocked, server: "")
        outcome.after = account.marker
        return outcome
    }
}
