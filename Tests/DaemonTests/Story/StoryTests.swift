import Foundation
import LatchkeyTesting
import LocalAPI
import LocalClient
import Testing

@Suite("The main job, with a real slapd and the real daemon")
struct StoryTests {
    @Test("somebody registers, is locked out, unlocks, forgets the password, and binds with a new one")
    func story() async throws {
        try await withSlapd { slapd in
            try await withDaemon(slapd) { daemon in
                try await Self.registers(daemon)
                try await Self.isLockedOutAndUnlocks(slapd, daemon)
                try await Self.resets(slapd, daemon)
                let audit = try await daemon.document(AuditVerificationDocument.self, "audit", "verify")
                #expect(audit.intact && audit.count > 10)
            }
        }
    }

    private static func registers(_ daemon: DaemonFixture) async throws {
        let signIn = try await daemon.portal.signIn("alice")
        #expect(signIn.user.login == "alice" && signIn.user.roles == ["all", "staff"])
        #expect(signIn.registration.state == "incomplete" && !signIn.registration.missing.isEmpty)
        let email = try await daemon.portal.register("email", "alice.private@mail.example", token: signIn.token)
        #expect(email.method.state == "verified")
        try await daemon.portal.register("mobile-phone", "+1 202 555 0142", token: signIn.token)
        let registration = try await daemon.portal.registration(signIn.token)
        #expect(registration.state == "complete" && registration.missing.isEmpty)
        #expect(registration.methods.map(\.value) == ["alice.private@mail.example", "+12025550142"])
        let sent = try daemon.spool.messages()
        #expect(sent.map(\.kind) == ["email", "text"])
        #expect(sent.map(\.to) == ["alice.private@mail.example", "+12025550142"])
    }

    private static func isLockedOutAndUnlocks(_ slapd: SlapdFixture, _ daemon: DaemonFixture) async throws {
        let alice = slapd.person("alice")
        for _ in 0..<slapd.options.policy.maxFailure { _ = try await slapd.bind(alice, "not this one") }
        #expect(try await slapd.bind(alice, SlapdFixture.password) != 0)
        try await eventually("the lock is mirrored") {
            try await daemon.document(UserDocument.self, "users", "show", "alice").account.state == "locked"
        }
        let token = try await daemon.portal.resetToken("alice", "unlock")
        #expect(try await daemon.portal.prove(token).gates == ResetDocument.Gates(required: 1, passed: 1))
        let outcome = try await daemon.portal.unlock(token)
        #expect(outcome.outcome == "applied" && outcome.unlocked)
        #expect(try await slapd.bind(alice, SlapdFixture.password) == 0)
    }

    private static func resets(_ slapd: SlapdFixture, _ daemon: DaemonFixture) async throws {
        let alice = slapd.person("alice")
        let token = try await daemon.portal.resetToken("alice")
        let early = try await daemon.portal.problem(
            "PUT",
            Routes.Frontend.password,
            token: token,
            PasswordRequest(password: "a new and longer one")
        )
        #expect(early.status == 409 && early.code == "gates-open")
        #expect(try await daemon.portal.prove(token).gates == ResetDocument.Gates(required: 2, passed: 2))
        let short = try await daemon.portal.problem(
            "PUT",
            Routes.Frontend.password,
            token: token,
            PasswordRequest(password: "short")
        )
        #expect(short.status == 422 && short.code == "password-refused" && short.reason == "password-too-short")
        #expect(try await daemon.portal.setPassword("a new and longer one", token: token).outcome == "applied")
        #expect(try await slapd.bind(alice, "a new and longer one") == 0)
        #expect(try await slapd.bind(alice, SlapdFixture.password) == 49)
        #expect(try await daemon.portal.signIn("alice", "a new and longer one").registration.state == "complete")
    }

    @Test("a lock-out that a reset meets is lifted by it")
    func resetUnlocks() async throws {
        try await withSlapd { slapd in
            try await withDaemon(slapd) { daemon in
                try await daemon.portal.enrol("bob", address: "bob.private@mail.example", number: "+12025550143")
                for _ in 0..<slapd.options.policy.maxFailure { _ = try await slapd.bind(slapd.person("bob"), "wrong") }
                #expect(try await slapd.bind(slapd.person("bob"), SlapdFixture.password) == 49)
                let token = try await daemon.portal.provenReset("bob")
                let outcome = try await daemon.portal.setPassword("a new and longer one", token: token)
                #expect(outcome.outcome == "applied" && outcome.unlocked)
                #expect(try await slapd.bind(slapd.person("bob"), "a new and longer one") == 0)
            }
        }
    }

    @Test("a change in the directory shows without asking")
    func liveChange() async throws {
        try await withSlapd { slapd in
            try await withDaemon(slapd) { daemon in
                try await slapd.modify(
                    "dn: \(slapd.person("carol"))\nchangetype: modify\nreplace: cn\ncn: Carol Lindqvist"
                )
                try await eventually("the new name is mirrored") {
                    try await daemon.document(UserDocument.self, "users", "show", "carol").displayName
                        == "Carol Lindqvist"
                }
                let status = try await daemon.document(StatusDocument.self, "status")
                #expect(status.sync.state == "live" && status.users == 5 && status.roles == 4)
            }
        }
    }
}
