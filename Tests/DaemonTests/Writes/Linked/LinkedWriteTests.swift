import Foundation
import LatchkeyTesting
import LocalAPI
import LocalClient
import Testing

@Suite("A reset in several directories")
struct LinkedWriteTests {
    typealias Pair = (WrittenProduct, WrittenProduct)
    private static let newPassword = LinkedScene.newPassword
    private static let pairs: [Pair] = [
        (.openLDAP, .openLDAP), (.openLDAP, .directoryServer389), (.openLDAP, .samba), (.samba, .openLDAP),
    ]

    @Test("is applied in each, with an outcome and a record for each, and told once", arguments: pairs)
    func applied(pair: Pair) async throws {
        try await LinkedScene.with(pair.0, then: pair.1) { (scene) async throws in
            let outcome = try await scene.write()
            #expect(outcome.outcome == "applied" && outcome.unlocked)
            #expect(LinkedScene.told(outcome.directories) == ["directory applied", "branch applied"])
            #expect(outcome.directories.map(\.server).last == scene.line.uri)
            #expect(outcome.directories.last?.notEnforced == (pair.1 == .samba ? ["history", "minimum-age"] : nil))
            for directory in [scene.first, scene.second] {
                #expect(try await directory.canBind(Self.newPassword))
                #expect(try await !directory.canBind(directory.password))
            }
            #expect(try await scene.audited() == ["directory done", "branch done"])
            let mails = try scene.daemon.spool.messages().filter { $0.subject == "Your password was changed" }
            #expect(try mails.count == 1 && scene.kept().isEmpty)
        }
    }

    @Test(
        "opens an account that is locked in each, and so does an unlock by the person or the helpdesk",
        arguments: pairs
    )
    func unlocked(pair: Pair) async throws {
        try await LinkedScene.with(pair.0, then: pair.1) { (scene) async throws in
            for directory in [scene.first, scene.second] { try await directory.lockOut() }
            let opened = try await scene.portal.unlock(scene.portal.provenReset("bob", "unlock"))
            #expect(LinkedScene.told(opened.directories) == ["directory applied", "branch applied"])
            #expect(try await scene.second.canBind(scene.second.password))
            try await scene.second.lockOut()
            let helped = try await scene.daemon.control("unlock", "bob")
            #expect(helped.status == 0 && helped.output.contains("branch: applied"))
            #expect(try await scene.second.canBind(scene.second.password))
            try await scene.second.lockOut()
            #expect(try await LinkedScene.told(scene.write().directories).last == "branch applied")
            #expect(try await scene.second.canBind(Self.newPassword))
        }
    }

    @Test("that the first refuses is written nowhere")
    func firstRefuses() async throws {
        try await LinkedScene.with(.openLDAP, WrittenPolicy(history: 3)) { (scene) async throws in
            let request = PasswordRequest(password: scene.first.password)
            // A password of the second that is not the one that is refused.
            #expect(try await LinkedScene.told(scene.write().directories).last == "branch applied")
            let token = try await scene.portal.provenReset("bob")
            let problem = try await scene.portal.problem("PUT", Routes.Frontend.password, token: token, request)
            #expect(problem.status == 422 && problem.reason == "password-in-history")
            #expect(
                LinkedScene.told(problem.directories)
                    == ["directory refused password-in-history", "branch refused not-attempted"]
            )
            #expect(try await scene.second.canBind(Self.newPassword))
            #expect(try await scene.audited().last == "branch refused not-attempted")
            #expect(try scene.kept().isEmpty)
        }
    }

    @Test(
        "that the second refuses is applied in the first, and the reason is told and sent",
        arguments: [WrittenProduct.openLDAP, .directoryServer389]
    )
    func secondRefuses(product: WrittenProduct) async throws {
        try await LinkedScene.with(then: product, WrittenPolicy(history: 3)) { (scene) async throws in
            _ = try await scene.write()
            let outcome = try await scene.write(scene.second.password)
            #expect(outcome.outcome == "applied")
            #expect(
                LinkedScene.told(outcome.directories)
                    == ["directory applied", "branch refused password-in-history"]
            )
            #expect(try await scene.first.canBind(scene.second.password))
            #expect(try await scene.second.canBind(Self.newPassword))
            #expect(try await scene.audited().last == "branch refused password-in-history")
            try await eventually("the person is told where the old one goes on") {
                try scene.kept().contains { $0.to == "bob.private@mail.example" && $0.body.contains("branch") }
            }
        }
    }

    @Test(
        "whose password is too short for the second is refused before anything is written",
        arguments: [WrittenProduct.openLDAP, .samba]
    )
    func tooShort(product: WrittenProduct) async throws {
        try await LinkedScene.with(then: product, WrittenPolicy(minimumLength: 24)) { (scene) async throws in
            let token = try await scene.portal.provenReset("bob")
            let request = PasswordRequest(password: Self.newPassword)
            let check = try await scene.portal.call(
                CheckDocument.self,
                "POST",
                Routes.Frontend.passwordChecks,
                token: token,
                request
            )
            #expect(!check.acceptable && check.rules.contains { $0.text == "At least 24 characters." && !$0.satisfied })
            let problem = try await scene.portal.problem("PUT", Routes.Frontend.password, token: token, request)
            #expect(problem.status == 422 && problem.reason == "password-too-short")
            #expect(try await scene.first.canBind(scene.first.password))
            let long = Self.newPassword + "-and-More-of-Them"
            let outcome = try await scene.portal.setPassword(long, token: token)
            #expect(LinkedScene.told(outcome.directories) == ["directory applied", "branch applied"])
        }
    }

    @Test("whose password is too short for a second that does not show its policy is applied in the first")
    func unknownRule() async throws {
        try await LinkedScene.with(then: .directoryServer389, WrittenPolicy(minimumLength: 24)) {
            (scene) async throws in
            let outcome = try await scene.write()
            #expect(
                LinkedScene.told(outcome.directories)
                    == ["directory applied", "branch refused password-too-short"]
            )
            #expect(try await scene.second.canBind(scene.second.password))
        }
    }

    private static let obstacles: [(WrittenProduct, AccountObstacle)] =
        [AccountObstacle.permanentLock, .disabled, .expired, .protected].map { (.openLDAP, $0) }
        + [(.directoryServer389, .disabled), (.samba, .disabled), (.samba, .protected)]

    @Test("leaves an account of the second that is not its owner's to open, and opens the first", arguments: obstacles)
    func obstacle(product: WrittenProduct, obstacle: AccountObstacle) async throws {
        try await LinkedScene.with(then: product) { (scene) async throws in
            #expect(try await scene.second.prepare(obstacle) == true)
            let expected = ["directory applied", "branch refused \(obstacle.rawValue)"]
            #expect(try await LinkedScene.told(scene.write().directories) == expected)
            let opened = try await scene.portal.unlock(scene.portal.provenReset("bob", "unlock"))
            #expect(LinkedScene.told(opened.directories) == expected)
            #expect(try await scene.first.canBind(Self.newPassword))
            #expect(try await !scene.second.canBind(Self.newPassword))
            #expect(try await scene.audited() == ["directory done", "branch refused \(obstacle.rawValue)"])
            let explained = try await scene.daemon.control("explain", "bob").output
            #expect(explained.contains("branch would not be written"))
        }
    }

    @Test("without the right to write in the second says so")
    func wrongRights() async throws {
        try await LinkedScene.with { (scene) async throws in
            try await scene.second.revokeWriting()
            #expect(try await LinkedScene.told(scene.write().directories).last == "branch refused insufficient-rights")
            #expect(try await scene.second.canBind(scene.second.password))
        }
    }

    @Test("while the second is gone is applied in the first", arguments: WrittenProduct.allCases)
    func gone(product: WrittenProduct) async throws {
        try await LinkedScene.with(then: product) { (scene) async throws in
            await scene.second.kill()
            let outcome = try await scene.write()
            #expect(
                LinkedScene.told(outcome.directories) == ["directory applied", "branch refused directory-unavailable"]
            )
            #expect(try await scene.first.canBind(Self.newPassword))
            try await eventually("the person is told") { try scene.kept().count == 1 }
            try await scene.second.start()
            #expect(try await scene.second.canBind(scene.second.password))
            let again = try await scene.write("And-One-More-Of-Them-2")
            #expect(LinkedScene.told(again.directories) == ["directory applied", "branch applied"])
        }
    }
}
