import Foundation
import LatchkeyTesting
import LocalAPI
import LocalClient
import Testing

/// Each product and what can be with its servers while somebody resets or unlocks an account.
@Suite("What is written, while servers come and go")
struct WriteServerTests {
    private static let newPassword = WriteScene.newPassword
    private static let all = WrittenProduct.allCases

    @Test("who is locked at one of two servers is opened at both, by a reset and by an unlock", arguments: all)
    func lockedAtTheOther(product: WrittenProduct) async throws {
        try await product.runPair { (first, second) async throws in
            var target = first.daemonDirectory
            target.alternates = [second.daemonDirectory.uri]
            try await WriteScene.with(first, target) { (portal) async throws in
                try await second.lockOut()
                #expect(try await !second.canBind(second.password))
                let opened = try await portal.unlock(portal.provenReset("bob", "unlock"))
                #expect(opened.outcome == "applied" && opened.unlocked && opened.lockedOn == nil)
                #expect(try await second.canBind(second.password))
                try await second.lockOut()
                let written = try await portal.setPassword(Self.newPassword, token: portal.provenReset("bob"))
                #expect(written.outcome == "applied" && written.unlocked && written.lockedOn == nil)
                #expect(try await second.canBind(second.password), "nothing replicates here but the lock's end")
            }
        }
    }

    @Test(
        "a lock at a server that takes no writes is told, and an administrator's lock anywhere stands",
        arguments: all
    )
    func staysLockedAtTheOther(product: WrittenProduct) async throws {
        try await product.runPair { (first, second) async throws in
            var target = first.daemonDirectory
            target.alternates = [second.daemonDirectory.uri]
            try await WriteScene.with(first, target) { (portal) async throws in
                try await second.revokeWriting()
                try await second.lockOut()
                let opened = try await portal.unlock(portal.provenReset("bob", "unlock"))
                #expect(opened.outcome == "applied" && !opened.unlocked)
                #expect(opened.lockedOn == [second.daemonDirectory.uri])
                guard try await second.prepare(.permanentLock) != nil else { return }
                let token = try await portal.provenReset("bob", "unlock")
                let problem = try await portal.problem("POST", Routes.Frontend.unlock, token: token)
                #expect(problem.reason == "administrator-lock")
            }
        }
    }

    @Test("without the right to write, the reason says so and nothing changes", arguments: all)
    func wrongRights(product: WrittenProduct) async throws {
        try await WriteScene.with(product) { (scene, _) async throws in
            try await scene.directory.revokeWriting()
            guard case .failure(let answer) = try await scene.write() else {
                Issue.record("the password was written")
                return
            }
            #expect(answer.problem.status == 422 && answer.problem.reason == "insufficient-rights")
            #expect(try await scene.directory.canBind(scene.directory.password))
        }
    }

    @Test("a server that is gone before the write: nothing happened, and the session is still good", arguments: all)
    func goneBefore(product: WrittenProduct) async throws {
        try await WriteScene.with(product) { (scene, _) async throws in
            let token = try await scene.portal.provenReset("bob")
            await scene.directory.kill()
            let request = PasswordRequest(password: Self.newPassword)
            let problem = try await scene.portal.problem("PUT", Routes.Frontend.password, token: token, request)
            #expect(problem.status == 503 && problem.outcome != "applied")
            try await scene.directory.start()
            #expect(try await scene.directory.canBind(scene.directory.password))
            #expect(try await scene.portal.setPassword(Self.newPassword, token: token).outcome == "applied")
        }
    }

    /// When the connection breaks.
    enum Moment: String, CaseIterable, Sendable { case duringTheWrite, afterTheWrite }

    @Test(
        "a server that is gone during or after the write: unknown, and then found out",
        arguments: all,
        Moment.allCases
    )
    func goneLater(product: WrittenProduct, moment: Moment) async throws {
        try await WriteScene.with(product, through: true) { (scene, proxy) async throws in
            let proxy = try #require(proxy)
            let token = try await scene.portal.provenReset("bob")
            proxy.inject(moment == .duringTheWrite ? .losesAnswersOfWrites : .cutsAfterWrites)
            let request = PasswordRequest(password: Self.newPassword)
            let problem = try await scene.portal.problem("PUT", Routes.Frontend.password, token: token, request)
            #expect(problem.status == 503 && problem.outcome == "unknown")
            proxy.heal()
            try await scene.daemon.restart()
            try await eventually("the outcome is found out") {
                try await Self.outcomes(scene.daemon).contains("done")
            }
            #expect(try await scene.directory.canBind(Self.newPassword))
        }
    }

    /// What the audit says of Bob's passwords.
    private static func outcomes(_ daemon: DaemonFixture) async throws -> [String] {
        let text = try await daemon.control("--json", "audit", "list", "--limit", "1000").output
        let list = try APIJSON.decode(ListDocument<AuditRecordDocument>.self, from: Data(text.utf8))
        return list.items.filter { $0.action == "password.written" }.map(\.result)
    }
}
