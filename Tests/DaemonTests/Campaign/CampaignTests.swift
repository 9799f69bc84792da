import Foundation
import LatchkeyTesting
import Testing

/// `LATCHKEY_SEED` repeats a campaign; `LATCHKEY_CAMPAIGN` sets the rounds of each, and `make torture` plays many.
private let environment = ProcessInfo.processInfo.environment
private let rounds = environment["LATCHKEY_CAMPAIGN"].flatMap(Int.init) ?? 2
private let seed = environment["LATCHKEY_SEED"].flatMap(UInt64.init) ?? (rounds > 2 ? .random(in: 1...99999) : 8)
/// In one round.
private let changes = 150

@Suite("Torture: after random changes, kills and cuts the mirror is what a full dump shows")
struct CampaignTests {
    @Test("on OpenLDAP, with referential integrity and without", arguments: [true, false])
    func openLDAP(hasReferentialIntegrity: Bool) async throws {
        let options = SlapdOptions.with { $0.hasReferentialIntegrity = hasReferentialIntegrity }
        try await withSlapd(options) { slapd in
            var campaign = try Campaign(SlapdCampaign(slapd: slapd), seed: seed)
            try await campaign.run(rounds: rounds, changes: changes)
        }
    }

    @Test("on 389 Directory Server")
    func directoryServer389() async throws {
        try await withDirectoryServer389 { server in
            var campaign = try Campaign(DirectoryServer389Campaign(server: server), seed: seed)
            try await campaign.run(rounds: rounds, changes: changes)
        }
    }

    @Test("on Samba")
    func samba() async throws {
        try await withSamba { samba in
            var campaign = try Campaign(SambaCampaign(samba: samba), seed: seed)
            try await campaign.run(rounds: rounds, changes: changes)
        }
    }
}
