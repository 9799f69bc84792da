import Foundation
import Identity
import LatchkeyTesting
import SelfService
import Testing

@Suite("People whose roles are in doubt")
struct QuarantinedRoleTests {
    private let scene: ServiceScene

    init() async throws {
        scene = try ServiceScene(
            policies: [ServiceScene.twoGates, ServiceScene.oneGate],
            protectedRoles: ["domain-admins"]
        )
        roles(["staff"])
        try await scene.registerAlice()
    }

    private func roles(_ roles: [String]) { scene.directory.change(ServiceScene.alice.id) { $0.user.roles = roles } }

    private func leaveStaff(held: Bool) {
        roles([])
        let mirrored = MirroredRoles(all: held ? ["staff"] : [], held: held ? ["staff"] : [])
        scene.directory.mirror(mirrored, of: ServiceScene.alice.id)
    }

    private func required() async throws -> Int {
        try await scene.desk.startReset(login: "alice", purpose: .reset, from: scene.portal).reset.required
    }

    @Test("a role that is lost for good lets the weaker policy hold at once")
    func released() async throws {
        leaveStaff(held: false)
        #expect(try await required() == 1)
    }

    @Test("while the loss is held, the reset asks for what it asked before")
    func held() async throws {
        leaveStaff(held: true)
        #expect(try await required() == 2)
        let token = try await scene.provenReset()
        let outcome = try await scene.desk.setPassword(
            Password(ServiceScene.newPassword),
            token: token,
            from: scene.portal
        )
        #expect(outcome.result == .applied)
    }

    @Test("a reset that began under the weaker policy ends when the loss turns out to be held")
    func heldMeanwhile() async throws {
        leaveStaff(held: false)
        let token = try await scene.provenReset()
        leaveStaff(held: true)
        let error = try await scene.refusal {
            try await scene.desk.setPassword(Password(ServiceScene.newPassword), token: token, from: scene.portal)
        }
        #expect(error.code == .invalidToken)
    }

    @Test("the strictest of 30 days holds, though the held role has nothing to do with it")
    func remembered() async throws {
        roles([])
        scene.directory.mirror(MirroredRoles(all: ["choir"], held: ["choir"]), of: ServiceScene.alice.id)
        #expect(try await required() == 2)
        scene.clock.advance(by: 31 * 86400)
        #expect(try await required() == 1)
    }

    @Test("a registration that began under the strict policy goes on while the loss is held")
    func registration() async throws {
        let token = try await scene.signIn()
        leaveStaff(held: true)
        let id = try #require(
            try await scene.desk.registration(token: token, from: scene.portal).methods.first?.method.id
        )
        try await scene.prove(id, token: token)
        let view = try await scene.desk.confirmRegistration(token: token, from: scene.portal)
        #expect(view.policy.name == "staff")
        leaveStaff(held: false)
        let error = try await scene.refusal {
            try await scene.desk.confirmRegistration(token: token, from: scene.portal)
        }
        #expect(error.code == .invalidToken)
    }

    @Test("where the directory does not show the roles, the mirror's hold, and 503 where it knows nobody")
    func unread() async throws {
        scene.directory.change(ServiceScene.alice.id) {
            $0.areRolesRead = false
            $0.user.roles = []
        }
        scene.directory.mirror(MirroredRoles(all: ["staff"]), of: ServiceScene.alice.id)
        #expect(try await required() == 2)
        scene.directory.forgetMirrored()
        let error = try await scene.refusal { try await required() }
        #expect(error.code == .directoryUnavailable)
    }

    @Test("who leaves a protected group among too many stays protected")
    func protected() async throws {
        let token = try await scene.provenReset()
        scene.directory.mirror(
            MirroredRoles(all: ["domain-admins"], held: ["domain-admins"]),
            of: ServiceScene.alice.id
        )
        let error = try await scene.refusal {
            try await scene.desk.setPassword(Password(ServiceScene.newPassword), token: token, from: scene.portal)
        }
        #expect(error.outcome?.reason == .accountProtected)
    }
}
