import Foundation
import LatchkeyTesting
import LocalAPI
import LocalClient
import Testing

@Suite("Accounts that are never opened")
struct RefusedWriteTests {
    /// Whoever is to be refused, and how they came to be.
    enum Obstacle: String, CaseIterable, Sendable {
        case administratorLock = "administrator-lock"
        case disabled = "account-disabled"
        case protectedByFilter = "account-protected"
        case protectedByRole = "account-protected "

        var reason: String { rawValue.trimmingCharacters(in: .whitespaces) }

        func change(_ login: String, in slapd: SlapdFixture) -> String {
            let person = "dn: \(slapd.person(login))\nchangetype: modify\n"
            return switch self {
            case .administratorLock:
                person + "replace: pwdAccountLockedTime\npwdAccountLockedTime: 000001010000Z"
            case .disabled: person + "replace: employeeType\nemployeeType: left"
            case .protectedByFilter: person + "replace: title\ntitle: Protected"
            case .protectedByRole:
                "dn: \(slapd.group("ring-b"))\nchangetype: modify\nadd: member\nmember: \(slapd.person(login))"
            }
        }
    }

    private static let options = DaemonOptions.with {
        $0.users = """
            base: "ou=people,dc=example,dc=com"
            filter: (objectClass=inetOrgPerson)
            disabledWhen: (employeeType=left)
            """
        // Somebody in ring-b is in ring-a too, by nesting.
        $0.sections = "protected: { roles: [ring-a], filter: (title=Protected) }"
        $0.policies = """
              - name: everybody
                methods: [email]
                register: { minimum: 1 }
                reset: { gates: 1 }
            """
    }

    @Test(
        "after all gates they learn the reason, for a reset and an unlock, and nothing is written",
        arguments: Obstacle.allCases
    )
    func refused(obstacle: Obstacle) async throws {
        try await withSlapd { slapd in
            try await withDaemon(slapd, Self.options) { daemon in
                let portal = daemon.portal
                let token = try await portal.signIn("bob").token
                try await portal.register("email", "bob.private@mail.example", token: token)
                try await slapd.modify(obstacle.change("bob", in: slapd))
                let before = try await slapd.search("(uid=bob)")

                let reset = try await portal.provenReset("bob")
                let request = PasswordRequest(password: "a new and longer one")
                let write = try await portal.problem("PUT", Routes.Frontend.password, token: reset, request)
                #expect(write.status == 422 && write.reason == obstacle.reason && write.outcome == "refused")
                let unlock = try await portal.provenReset("bob", "unlock")
                let opening = try await portal.problem("POST", Routes.Frontend.unlock, token: unlock)
                #expect(opening.status == 422 && opening.code == "write-refused")
                #expect(opening.reason == obstacle.reason && opening.outcome == "refused")
                #expect(try await daemon.control("unlock", "bob").status == 1)

                #expect(try await slapd.search("(uid=bob)") == before)
            }
        }
    }

    @Test("a session does only what it was begun for, only after its gates, and only once")
    func sessions() async throws {
        try await withSlapd { slapd in
            try await withDaemon(slapd, Self.options) { daemon in
                let portal = daemon.portal
                let token = try await portal.signIn("bob").token
                try await portal.register("email", "bob.private@mail.example", token: token)
                let request = PasswordRequest(password: "a new and longer one")
                let before = try await slapd.search("(uid=bob)")

                let early = try await portal.resetToken("bob")
                let gates = try await portal.problem("PUT", Routes.Frontend.password, token: early, request)
                #expect(gates.status == 409 && gates.code == "gates-open")
                let unlock = try await portal.provenReset("bob", "unlock")
                let other = try await portal.problem("PUT", Routes.Frontend.password, token: unlock, request)
                #expect(other.status == 409 && other.code == "wrong-state")
                #expect(try await slapd.search("(uid=bob)") == before)
                #expect(try await portal.unlock(unlock).unlocked)

                let reset = try await portal.provenReset("bob")
                let wrong = try await portal.problem("POST", Routes.Frontend.unlock, token: reset)
                #expect(wrong.status == 409 && wrong.code == "wrong-state")
                #expect(try await portal.setPassword(request.password, token: reset).outcome == "applied")
                let again = PasswordRequest(password: "one more that is long")
                let spent = try await portal.problem("PUT", Routes.Frontend.password, token: reset, again)
                #expect(spent.status == 409)
                #expect(try await slapd.bind(slapd.person("bob"), request.password) == 0)
            }
        }
    }

    @Test("a password that the directory refuses leaves the session usable, and says which rule")
    func historyAndQuality() async throws {
        try await withSlapd { slapd in
            try await withDaemon(slapd, Self.options) { daemon in
                let portal = daemon.portal
                let token = try await portal.signIn("bob").token
                try await portal.register("email", "bob.private@mail.example", token: token)
                let reset = try await portal.provenReset("bob")
                let old = PasswordRequest(password: SlapdFixture.password)
                let refused = try await portal.problem("PUT", Routes.Frontend.password, token: reset, old)
                #expect(refused.status == 422 && refused.reason == "password-in-history")
                let blank = PasswordRequest(password: "")
                #expect(try await portal.problem("PUT", Routes.Frontend.password, token: reset, blank).status == 422)
                #expect(try await portal.setPassword("a new and longer one", token: reset).outcome == "applied")
            }
        }
    }
}
