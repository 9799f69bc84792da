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
        let intents = try await environment.vault { try await $0.unresolvedWrites() }
        var remaining = 0
        for intent in intents where try await !resolve(intent) { remaining += 1 }
        return remaining
    }

    private func resolve(_ intent: WriteIntent) async throws(ServiceError) -> Bool {
        let patience = intent.recordedAt < startedAt ? Self.settleTime : Self.flightTime
        guard environment.clock.now >= intent.recordedAt.addingTimeInterval(patience) else { return false }
        let account: LiveAccount?
        do {
            account = try await environment.directory.account(intent.person)
        } catch {
            return false
        }
        let outcome = Self.outcome(of: intent, account: account)
        environment.logger.notice(
            "a write was left without an outcome and is now resolved",
            metadata: ["person": "\(intent.person)", "outcome": "\(outcome.result.rawValue)"]
        )
        try await environment.vault { try await $0.finishWrite(intent, outcome: outcome, by: .daemon) }
        environment.wakeCourier()
        return true
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
