import Foundation
import LatchkeyTesting
import LocalAPI
import LocalClient
import Testing

/// Each product and what can be with an account, with a policy, and with a server, when its owner resets or unlocks it.
@Suite("What is written, on each product")
struct WriteMatrixTests {
    private static let newPassword = WriteScene.newPassword
    private static let all = WrittenProduct.allCases

    // MARK: The account

    @Test("a reset is applied, and says which of the server's rules did not count", arguments: all)
    func reset(product: WrittenProduct) async throws {
        try await WriteScene.with(product) { (scene, _) async throws in
            let outcome = try await scene.write().get()
            #expect(outcome.outcome == "applied" && outcome.unlocked)
            #expect(outcome.notEnforced == (product == .samba ? ["history", "minimum-age"] : nil))
            #expect(try await scene.directory.canBind(Self.newPassword))
            #expect(try await !scene.directory.canBind(scene.directory.password))
            #expect(try await !scene.directory.mustChange(), "whoever chose it need not choose again")
        }
    }

    @Test("an unlock opens the account and leaves the password, also where nothing is locked", arguments: all)
    func unlock(product: WrittenProduct) async throws {
        try await WriteScene.with(product) { (scene, _) async throws in
            let idle = try await scene.unlock().get()
            #expect(idle.outcome == "applied" && idle.unlocked)
            try await scene.directory.lockOut()
            #expect(try await !scene.directory.canBind(scene.directory.password))
            let outcome = try await scene.unlock().get()
            #expect(outcome.outcome == "applied" && outcome.unlocked)
            #expect(try await scene.directory.canBind(scene.directory.password))
        }
    }

    @Test("a reset of somebody who is locked unlocks too, also where the server would not", arguments: all)
    func resetOfLocked(product: WrittenProduct) async throws {
        try await WriteScene.with(product) { (scene, _) async throws in
            try await scene.directory.lockOut()
            let outcome = try await scene.write().get()
            #expect(outcome.outcome == "applied" && outcome.unlocked)
            #expect(try await scene.directory.canBind(Self.newPassword))
        }
    }

    /// What is expected where: `nil` where the product has no such state.
    private static func obstacles() -> [(WrittenProduct, AccountObstacle)] {
        all.flatMap { product in AccountObstacle.allCases.map { (product, $0) } }
    }

    @Test("an account that is not its owner's to open stays as it is, and they learn why", arguments: obstacles())
    func refused(product: WrittenProduct, obstacle: AccountObstacle) async throws {
        let exists: Bool =
            switch (product, obstacle) {
            case (.openLDAP, _), (_, .disabled), (_, .protected): true
            case (.directoryServer389, .idle), (.samba, .expired): true
            // No such lock here.
            case (.directoryServer389, _), (.samba, _): false
            }
        let policy = WrittenPolicy(idleLimit: obstacle == .idle ? 60 : 0)
        try await WriteScene.with(product, policy) { (scene, _) async throws in
            #expect((try await scene.directory.prepare(obstacle) != nil) == exists)
            guard exists else { return }
            guard case .failure(let answer) = try await scene.write() else {
                Issue.record("the password was written")
                return
            }
            let problem = answer.problem
            #expect(problem.status == 422 && problem.reason == obstacle.rawValue && problem.outcome == "refused")
            guard case .failure(let second) = try await scene.unlock() else {
                Issue.record("the account was opened")
                return
            }
            #expect(second.problem.status == 422 && second.problem.reason == obstacle.rawValue)
            #expect(try await !scene.directory.canBind(Self.newPassword))
        }
    }

    @Test("who must change the password need not any more", arguments: all)
    func mustChange(product: WrittenProduct) async throws {
        try await WriteScene.with(product) { (scene, _) async throws in
            try await scene.directory.requireChange()
            #expect(try await scene.directory.mustChange())
            #expect(try await scene.write().get().outcome == "applied")
            #expect(try await !scene.directory.mustChange())
            _ = try await scene.portal.signIn("bob", Self.newPassword)
        }
    }

    // MARK: The policy

    @Test("a password that was used before is refused where the server looks at resets", arguments: all)
    func history(product: WrittenProduct) async throws {
        try await WriteScene.with(product, WrittenPolicy(history: 3)) { (scene, _) async throws in
            #expect(try await scene.write().get().outcome == "applied")
            switch try await scene.write(scene.directory.password) {
            case .success(let outcome):
                #expect(product == .samba && outcome.notEnforced?.contains("history") == true)
            case .failure(let answer):
                #expect(product != .samba && answer.problem.reason == "password-in-history")
                #expect(try await scene.directory.canBind(Self.newPassword))
            }
        }
    }

    @Test("a password that is too short for the directory is refused, and the session stays usable", arguments: all)
    func tooShort(product: WrittenProduct) async throws {
        try await WriteScene.with(product, WrittenPolicy(minimumLength: 18)) { (scene, _) async throws in
            let token = try await scene.portal.provenReset("bob")
            let short = PasswordRequest(password: "Too-Short-Is-17-c")
            let problem = try await scene.portal.problem("PUT", Routes.Frontend.password, token: token, short)
            #expect(problem.status == 422 && problem.reason == "password-too-short")
            #expect(try await scene.portal.setPassword(Self.newPassword, token: token).outcome == "applied")
        }
    }

    @Test("a password that was changed too recently is refused where the server looks at resets", arguments: all)
    func tooYoung(product: WrittenProduct) async throws {
        try await WriteScene.with(product, WrittenPolicy(minimumAge: 86_400)) { (scene, _) async throws in
            #expect(try await scene.write().get().outcome == "applied")
            switch try await scene.write("And-One-More-Of-Them-2") {
            case .success(let outcome):
                #expect(product == .samba && outcome.notEnforced?.contains("minimum-age") == true)
            case .failure(let answer):
                #expect(product != .samba && answer.problem.reason == "password-too-young")
            }
        }
    }
}
