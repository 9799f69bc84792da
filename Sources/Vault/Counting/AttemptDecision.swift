import Audit
import Foundation
import SelfService

extension VaultTransaction {
    /// - Returns: nil when the attempt may go on, and was counted; else the seconds until another may.
    func countAttempt(_ attempt: Attempt, _ limits: Limits, by actor: AuditActor) throws -> Int? {
        let own = attempt.network.map(attempts(from:))
        if let own, let wait = try wait(own, .attemptsPerAddress, limits) {
            try note(.attemptsPerAddress, own, .refused, by: actor)
            return wait
        }
        let all = Counter(sort: .attempts, key: secrets.index.budget("attempts"), window: Self.minute)
        let isCounted = attempt.kind == .start && limits.attemptsInAll != nil
        let raised = limits.raised(forQuiet: try isQuiet(attempt.network))
        if isCounted, let wait = try wait(all, .attemptsInAll, raised) {
            try note(.attemptsInAll, all, .refused, by: actor)
            return wait
        }
        if let own { try count(own) }
        if isCounted { try count(all) }
        return nil
    }

    /// Whether little came from there in the last minute. Nobody knows of a client without an address.
    func isQuiet(_ network: String?) throws -> Bool {
        guard let network else { return false }
        return try time(attempts(from: network), back: Limits.quietAttempts) == nil
    }

    private func attempts(from network: String) -> Counter {
        Counter(sort: .attempts, key: secrets.index.network(network), window: Self.minute)
    }

    /// Seconds.
    static var minute: TimeInterval { 60 }
}
