import Foundation
import LatchkeyTesting
import Testing
import Vault

/// The rules of the ports, on the real SQLite store.
@Suite struct VaultPortsTests {
    @Test("the vault keeps the rules of its ports", arguments: VaultRule.all)
    func rule(_ rule: VaultRule) async throws {
        let place = try TemporaryPlace()
        try await rule.run { clock in try VaultDatabase(path: place.vault, key: try .test(1), clock: clock) }
    }
}
