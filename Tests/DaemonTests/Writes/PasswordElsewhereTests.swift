import Foundation
import LatchkeyTesting
import LocalAPI
import LocalClient
import Testing

/// What hangs on a password ends with it, also where it was changed by somebody else and somewhere else.
@Suite("A password that changes in the directory")
struct PasswordElsewhereTests {
    private static let options = DaemonOptions.with {
        $0.may = "sign-in, register, reset, unlock, reset-link"
        $0.sections = "links: { baseURL: \"https://account.example.org/reset\" }"
        $0.policies = """
              - name: everybody
                methods: [email, mobile-phone]
                register: { minimum: 1 }
                reset: { gates: 1 }
            """
    }

    private func changesPassword(_ slapd: SlapdFixture) async throws {
        try await slapd.modify(
            "dn: \(slapd.person("bob"))\nchangetype: modify\nreplace: userPassword\nuserPassword: chosen elsewhere\n"
        )
    }

    @Test("ends sessions of a sign-in, of a proven reset and of an unlock, links and passes")
    func ends() async throws {
        try await withSlapd { slapd in
            try await withDaemon(slapd, Self.options) { daemon in
                let portal = daemon.portal
                let signIn = try await portal.signIn("bob").token
                try await portal.register("email", "bob.private@mail.example", token: signIn)
                let reset = try await portal.provenReset("bob")
                let phone = try await portal.register("mobile-phone", "+12025550142", token: signIn).method
                let unlock = try await portal.resetToken("bob", "unlock")
                try await portal.pass(phone.id, token: unlock)
                let link = try await portal.link("bob@example.com")
                let issued = try await daemon.document(
                    PassDocument.self,
                    "passes",
                    "issue",
                    "bob",
                    "--reason",
                    "a test"
                )
                try await changesPassword(slapd)

                let request = PasswordRequest(password: "a new and longer one")
                let written = try await portal.problem("PUT", Routes.Frontend.password, token: reset, request)
                #expect(written.status == 401)
                #expect(try await portal.problem("POST", Routes.Frontend.unlock, token: unlock).status == 401)
                let redeemed = StartResetRequest(linkToken: link)
                #expect(try await portal.problem("POST", Routes.Frontend.resets, redeemed).status == 401)
                let pass = SignInRequest(login: "bob", accessPass: issued.pass)
                #expect(try await portal.problem("POST", Routes.Frontend.signIns, pass).status == 401)
                let add = AddMethodRequest(kind: "mobile-phone", number: "+12025550143")
                #expect(try await portal.problem("POST", Routes.Frontend.methods, token: signIn, add).status == 401)
                // Fresh as it was, it shows no value any more.
                let shown = try await portal.send("GET", Routes.Frontend.registration, token: signIn)
                #expect(shown.status == 401)
                #expect(try await slapd.bind(slapd.person("bob"), "chosen elsewhere") == 0)
            }
        }
    }

    @Test("a code that was asked for before it proves nothing after it, and a new beginning does")
    func codes() async throws {
        try await withSlapd { slapd in
            try await withDaemon(slapd, Self.options) { daemon in
                let portal = daemon.portal
                let signIn = try await portal.signIn("bob").token
                let method = try await portal.add("email", "bob.private@mail.example", token: signIn)
                let before = daemon.spool.newest
                let challenge = try await portal.openChallenge(method.id, token: signIn)
                let code = try await daemon.spool.newestCode(after: before)
                try await changesPassword(slapd)
                let path = Routes.fill(Routes.Frontend.registrationResponse, challenge.id)
                let late = try await portal.problem("POST", path, token: signIn, AnswerRequest(code: code))
                #expect(late.status == 401)
                let again = try await portal.signIn("bob", "chosen elsewhere").token
                try await portal.register("mobile-phone", "+12025550143", token: again)
                let reset = try await portal.provenReset("bob")
                #expect(try await portal.setPassword("a new and longer one", token: reset).outcome == "applied")
            }
        }
    }
}
