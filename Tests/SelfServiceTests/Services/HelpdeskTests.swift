import Audit
import Foundation
import Identity
import LatchkeyTesting
import SelfService
import Testing
import Vault

@Suite("The helpdesk")
struct HelpdeskTests {
    private let helper = Administrator.helper

    @Test("an unlock is idempotent, audited with its actor, and refuses an administrator's lock")
    func unlock() async throws {
        let scene = try ServiceScene()
        for _ in 0..<2 {
            #expect(try await scene.helpdesk.unlock(login: "alice", reason: "called", by: helper).result == .applied)
        }
        let records = try await scene.vault.auditRecords(after: 0, limit: 100)
        #expect(records.contains { $0.event.action == .unlocked && $0.event.actor == helper.actor })
        scene.directory.change(ServiceScene.alice.id) {
            $0.user.account = AccountStatus(state: .locked, lock: .administrator)
        }
        let error = try await scene.refusal {
            try await scene.helpdesk.unlock(login: "alice", reason: "called", by: helper)
        }
        #expect(error.code == .writeRefused)
        #expect(error.outcome?.reason == .administratorLock)
    }

    @Test("the reason that a helper gave stands in the audit")
    func reason() async throws {
        let scene = try ServiceScene()
        _ = try await scene.helpdesk.unlock(login: "alice", reason: "called at noon", by: helper)
        let records = try await scene.vault.auditRecords(after: 0, limit: 100)
        #expect(records.contains { $0.event.details["why"] == "called at noon" })
    }

    @Test("methods are masked")
    func methods() async throws {
        let scene = try ServiceScene()
        try await scene.registerAlice()
        let methods = try await scene.helpdesk.methods(of: "alice", by: helper)
        #expect(methods.count == 2)
        #expect(methods.allSatisfy { !$0.showsValue })
    }

    @Test("an explanation says what would happen and why")
    func explain() async throws {
        let scene = try ServiceScene()
        let before = try await scene.helpdesk.explain(login: "alice", by: helper)
        #expect(!before.canReset)
        #expect(before.findings.contains { $0.code == "not-registered" && $0.blocks })
        try await scene.registerAlice()
        let after = try await scene.helpdesk.explain(login: "alice", by: helper)
        #expect(after.canReset)
        #expect(after.isLive)
        scene.directory.fail(with: DirectoryFailure(detail: "gone"))
        let offline = try await scene.helpdesk.explain(login: "alice", by: helper)
        #expect(!offline.isLive)
        #expect(!offline.canReset)
    }
}
