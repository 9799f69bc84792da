import Audit
import Foundation
import Identity
import LatchkeyTesting
import SelfService
import Testing
import Vault

@Suite("Simulating policies")
struct PolicySimulatorTests {
    private let scene: ServiceScene
    private let helper = AuditActor.administrator(uid: 7)

    init() async throws {
        scene = try ServiceScene(policies: [ServiceScene.twoGates, ServiceScene.oneGate])
        for number in 2...6 {
            scene.directory.add(
                User(
                    id: EntryID(folding: [UInt8(number)]),
                    dn: "uid=p\(number)",
                    login: "p\(number)",
                    roles: number > 4 ? ["staff"] : []
                )
            )
        }
        let token = try await scene.signIn()
        try await scene.register(.email, "private@example.net", token: token)
    }

    private func simulator(_ policies: [Policy]) -> PolicySimulator {
        PolicySimulator(environment: scene.environment) { (text) throws(ServiceError) in
            guard text == "good" else { throw ServiceError(.invalidValue, "line 3", field: "configuration") }
            return PolicySet(policies: policies)
        }
    }

    private var stricter: Policy {
        var policy = ServiceScene.oneGate
        policy.register.minimum = 2
        return policy
    }

    @Test("each policy in force is listed with how many people it matches")
    func census() async throws {
        let census = try await simulator([]).policies(by: helper)
        #expect(census.items.map(\.policy.name) == ["staff", "everybody"])
        #expect(census.items.map(\.people) == [2, 4] && census.unmatched == 0)
    }

    @Test("everybody is looked at, page by page, those who would lose something are named, and nothing changes")
    func pages() async throws {
        let before = try await scene.vault.registration(of: ServiceScene.alice.id)
        var (examined, pages, cursor): (Int, Int, String?) = (0, 0, nil)
        var named: [String: [PolicyChange]] = [:]
        var counts: [PolicyChange: Int] = [:]
        repeat {
            let page = try await simulator([ServiceScene.twoGates, stricter])
                .simulate("good", limit: 2, after: cursor, by: helper)
            (examined, pages, cursor) = (examined + page.examined, pages + 1, page.next)
            for forecast in page.affected { named[forecast.user.login] = forecast.changes }
            counts.merge(page.counts, uniquingKeysWith: +)
        } while cursor != nil
        #expect(examined == 6 && pages == 3)
        #expect(named == ["alice": [.losesReset, .losesUnlock, .becomesIncomplete]])
        #expect(counts == [.losesReset: 1, .losesUnlock: 1, .becomesIncomplete: 1])
        #expect(try await scene.vault.registration(of: ServiceScene.alice.id) == before)
        #expect(
            try await scene.desk.startReset(login: "alice", purpose: .reset, from: scene.portal).reset.required == 1
        )
    }

    @Test("it is recorded, and a text with a fault is told as one")
    func recorded() async throws {
        _ = try await simulator([stricter]).simulate("good", limit: 100, after: nil, by: helper)
        let last = try await scene.vault.auditRecords(after: 0, limit: 1000).last?.event
        #expect(last?.action == .personLookedUp && last?.actor == helper)
        #expect(last?.details == ["listing": "policy-simulation", "count": "1"])
        let error = try await scene.refusal {
            try await simulator([]).simulate("bad", limit: 100, after: nil, by: helper)
        }
        #expect(error.field == "configuration")
    }
}
