import Audit
import Foundation
import Identity
import LatchkeyTesting
import SelfService
import Testing
import Vault

@Suite("An explanation for the helpdesk")
struct ExplanationTests {
    private let scene: ServiceScene
    private let helper = Administrator.helper

    init() async throws {
        scene = try ServiceScene(policies: [ServiceScene.twoGates, ServiceScene.oneGate])
        scene.directory.change(ServiceScene.alice.id) { $0.user.roles = ["choir", "staff"] }
    }

    private func explain() async throws -> Explanation { try await scene.helpdesk.explain(login: "alice", by: helper) }

    @Test("names the policy and the role that it matched by")
    func policy() async throws {
        let explanation = try await explain()
        #expect(explanation.policyName == "staff" && explanation.policyRole == "staff" && explanation.doubt == nil)
        let text = explanation.findings.first { $0.code == "policy" }?.text
        #expect(text == "The policy staff holds, by the role staff: 2 gate(s) for a reset, 1 for an unlock.")
        #expect(explanation.missing.map(\.code) == ["methods"])
        scene.directory.change(ServiceScene.alice.id) { $0.user.roles = [] }
        let other = try await explain()
        #expect(other.policyRole == nil)
        #expect(other.findings.contains { $0.text.hasPrefix("The policy everybody holds, which is for everybody: ") })
    }

    @Test("says that a loss is held, which policy holds therefore, and which would otherwise")
    func held() async throws {
        scene.directory.change(ServiceScene.alice.id) { $0.user.roles = [] }
        scene.directory.mirror(MirroredRoles(all: ["staff"], held: ["staff"]), of: ServiceScene.alice.id)
        let explanation = try await explain()
        #expect(explanation.policyName == "staff" && explanation.doubt == RoleDoubt(.heldRole, roles: ["staff"]))
        #expect(
            explanation.findings.first { $0.code == "held-role" }?.text
                == "The loss of the role staff is held in quarantine. Until that is settled, the strictest policy of the "
                + "last 30 days holds. By today's roles alone it would be everybody."
        )
    }

    @Test("lists every method with why it counts or not, and what the usable ones are too few for")
    func methods() async throws {
        try await scene.registerAlice()
        let token = try await scene.signIn()
        _ = try? await scene.add(.email, "new@example.net", token: token)
        let explanation = try await explain()
        #expect(explanation.methods.map(\.isUsable).prefix(2) == [true, true])
        #expect(explanation.canReset && explanation.missing.isEmpty)
        let phone = try #require(explanation.methods.first { $0.method.kind == .mobilePhone })
        let view = try await scene.desk.registration(token: token, from: scene.portal)
        #expect(view.methods.contains { $0.method.id == phone.method.id })
    }

    @Test("names the last wrong password and what probably entered them")
    func wrongPasswords() async throws {
        let first = Date(timeIntervalSince1970: 1_700_000_000)
        scene.directory.change(ServiceScene.alice.id) {
            $0.failures = FailedAttempts(times: [0, 60, 120, 181].map { first.addingTimeInterval($0) })
        }
        let findings = try await explain().findings
        #expect(
            findings.first { $0.code == "wrong-passwords" }?.text.hasPrefix("4 wrong passwords are counted") == true
        )
        #expect(findings.contains { $0.code == "stored-password" && !$0.blocks })
    }

    @Test("says since when resets and changes are stopped")
    func frozen() async throws {
        try await scene.registerAlice()
        try await scene.vault.freeze(ServiceScene.alice.id, reason: "not me", by: helper.actor)
        let explanation = try await explain()
        #expect(explanation.frozenSince == scene.clock.now)
        #expect(explanation.findings.contains { $0.code == "frozen" && $0.blocks })
        #expect(!explanation.canReset && !explanation.canUnlock)
    }
}
