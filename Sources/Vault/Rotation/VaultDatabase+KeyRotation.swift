package import Audit
import GRDB
package import SelfService

extension VaultDatabase: KeyRotation {
    package func keyStatus() async throws -> KeyStatus {
        let wrapper = source.keys.first?.id ?? ""
        return try await decide { transaction in
            KeyStatus(
                configuredKey: wrapper,
                writingKey: transaction.secrets.keyID,
                formerKeys: transaction.secrets.keyring.generations.dropFirst().map(\.id),
                remaining: try transaction.remaining()
            )
        }
    }

    package func rotateKeys(by actor: AuditActor) async throws -> Bool {
        let source = source
        let hasBegun = try await decide { transaction in
            guard transaction.secrets.keyring.generations.count == 1 else { return false }
            let start = RotationStart(
                store: source.store(transaction.db),
                secrets: transaction.secrets,
                now: transaction.now
            )
            _ = try start.run(by: actor)
            return true
        }
        if hasBegun { rotationBell.yield() }
        return hasBegun
    }

    /// Brings everything under the keys that write. Returns at once when that is so already.
    /// - Returns: how many records do not open, and keep the rotation from its end.
    package func finishRotation() async throws -> Int {
        var step = RotationStep()
        while !step.isFinished {
            try Task.checkCancellation()
            step = try await decide { [step] transaction in
                var next = step
                try next.run(transaction)
                return next
            }
        }
        return step.unreadable
    }
}
