import Audit
import Foundation
import Identity
import LatchkeyTesting
import SelfService
import Testing
import Vault

@Suite("Signing in")
struct SignInTests {
    private func attempt(_ scene: ServiceScene, _ login: String, _ password: String) async throws -> ServiceError {
        try await scene.refusal {
            try await scene.desk.signIn(login: login, password: Password(password), from: scene.portal)
        }
    }

    @Test("unknown, wrong and locked are one answer, and cost the same calls of the directory")
    func oneAnswer() async throws {
        let scene = try ServiceScene()
        var answers: [ServiceError] = []
        for login in ["alice", "nobody"] {
            scene.directory.forgetCalls()
            answers.append(try await attempt(scene, login, "wrong"))
            #expect(scene.directory.calls == ["verify"])
        }
        scene.directory.change(ServiceScene.alice.id) { $0.user.account = .init(state: .locked, lock: .failedAttempts) }
        answers.append(try await attempt(scene, "alice", ServiceScene.password))
        #expect(Set(answers.map(\.detail)).count == 1)
        #expect(answers.allSatisfy { $0.code == .signInRefused })
    }

    @Test("an empty password is refused without a bind")
    func empty() async throws {
        let scene = try ServiceScene()
        #expect(try await attempt(scene, "alice", "").code == .signInRefused)
        #expect(scene.directory.calls == [])
    }

    @Test(
        "after the limit nothing reaches the directory, right or wrong, known or not",
        arguments: ["alice", "nobody"]
    )
    func limit(login: String) async throws {
        let scene = try ServiceScene()
        for _ in 0..<scene.environment.limits.signInFailures { _ = try await attempt(scene, login, "wrong") }
        scene.directory.forgetCalls()
        let refused = try await attempt(scene, login, ServiceScene.password)
        #expect(refused.code == .tooManyAttempts)
        #expect((refused.retryAfter ?? 0) > 0)
        #expect(scene.directory.calls == [])
    }

    @Test("a success forgets the failures before it")
    func success() async throws {
        let scene = try ServiceScene()
        for _ in 0..<3 {
            _ = try await attempt(scene, "alice", "wrong")
            _ = try await scene.signIn()
        }
    }

    @Test("a right password that must be changed is told so and opens no session")
    func mustChange() async throws {
        let scene = try ServiceScene()
        scene.directory.change(ServiceScene.alice.id) { $0.mustChange = true }
        #expect(try await attempt(scene, "alice", ServiceScene.password).code == .passwordMustChange)
    }

    @Test("a disabled person is refused like a wrong password")
    func disabled() async throws {
        let scene = try ServiceScene()
        scene.directory.change(ServiceScene.alice.id) { $0.user.account = .init(state: .disabled) }
        #expect(try await attempt(scene, "alice", ServiceScene.password).code == .signInRefused)
    }

    @Test("a directory that cannot be reached is said, and is nobody's failure")
    func unreachable() async throws {
        let scene = try ServiceScene()
        scene.directory.fail(with: DirectoryFailure(wasAsked: false, detail: "gone"))
        for login in ["alice", "nobody"] {
            for _ in 0...scene.environment.limits.signInFailures {
                #expect(try await attempt(scene, login, ServiceScene.password).code == .directoryUnavailable)
            }
        }
        scene.directory.fail(with: nil)
        _ = try await scene.signIn()
    }

    @Test("what a directory may have seen stays counted, also without an answer")
    func unanswered() async throws {
        let scene = try ServiceScene()
        scene.directory.fail(with: DirectoryFailure(detail: "lost"))
        for _ in 0..<scene.environment.limits.signInFailures {
            #expect(try await attempt(scene, "alice", ServiceScene.password).code == .directoryUnavailable)
        }
        #expect(try await attempt(scene, "alice", ServiceScene.password).code == .tooManyAttempts)
    }
}
