import Audit
import Foundation
import LatchkeyTesting
import Testing
import Vault

@Suite struct VaultCampaignTests {
    @Test("no sequence of calls writes without the proofs of that session", arguments: 1...4 as ClosedRange<UInt64>)
    func campaign(seed: UInt64) async throws {
        let place = try TemporaryPlace()
        let scene = try place.scene()
        var campaign = VaultCampaign(scene: scene, seed: seed)
        try await campaign.run(steps: 1500)
        for what in ["opened", "passed", "wrong", "closed", "writes", "applied", "refused", "unknown", "no write"] {
            #expect(campaign.tally[what, default: 0] > 2, "\(what): \(campaign.tally)")
        }
        #expect(try await scene.store.verifyAudit().isIntact)
    }
}
