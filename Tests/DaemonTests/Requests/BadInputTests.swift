import Foundation
import LatchkeyTesting
import LocalAPI
import LocalClient
import Testing

@Suite("Bad input on the real socket")
struct BadInputTests {
    @Test("each gets a problem with its status and changes nothing")
    func refused() async throws {
        try await withSlapd { slapd in
            try await withDaemon(slapd) { daemon in
                let alice = try await daemon.portal.enrol(
                    "alice",
                    address: "alice.private@mail.example",
                    number: "+12025550142"
                )
                let before = try await Holdings(slapd, daemon)
                for request in BadRequest.ofAnybody + BadRequest.withoutToken {
                    try await Self.expectRefused(request, by: daemon)
                }
                #expect(try await Holdings(slapd, daemon) == before)
                #expect(daemon.isRunning)
                #expect(try await daemon.portal.registration(alice).state == "complete")
            }
        }
    }

    @Test("what belongs to somebody else is not there, and a token opens only what it was issued for")
    func foreign() async throws {
        try await withSlapd { slapd in
            try await withDaemon(slapd) { daemon in
                let portal = daemon.portal
                let alice = try await portal.enrol(
                    "alice",
                    address: "alice.private@mail.example",
                    number: "+12025550142"
                )
                let bob = try await portal.signIn("bob").token
                let method = try #require(try await portal.registration(alice).methods.first?.id)
                let open = Routes.fill(Routes.Frontend.methodChallenges, method)
                let challenge = try await portal.call(ChallengeDocument.self, "POST", open, token: alice)
                let reset = try await portal.resetToken("alice")
                let resetMethod = try #require(try await portal.current(reset).methods.last?.id)
                let resetChallenge = try await portal.challenge(resetMethod, token: reset)
                let other = try await portal.resetToken("alice")
                _ = try await daemon.spool.message(after: 3)
                let before = try await Holdings(slapd, daemon)

                let mine = Routes.fill(Routes.Frontend.method, method)
                let answer = Routes.fill(Routes.Frontend.registrationResponse, challenge.id)
                let show = Routes.fill(Routes.Frontend.registrationChallenge, challenge.id)
                let proof = Routes.fill(Routes.Frontend.resetResponse, resetChallenge.id)
                let code = #"{"code":"000000"}"#
                let requests = [
                    BadRequest(404, "a challenge for another's method", "POST", open, token: bob, "{}"),
                    BadRequest(404, "removing another's method", "DELETE", mine, token: bob),
                    BadRequest(404, "renaming another's method", "PATCH", mine, token: bob, #"{"label":"x"}"#),
                    BadRequest(404, "seeing another's challenge", "GET", show, token: bob),
                    BadRequest(404, "answering another's challenge", "POST", answer, token: bob, code),
                    BadRequest(404, "answering another session's challenge", "POST", proof, token: other, code),
                    BadRequest(
                        401,
                        "a reset's token at the registration",
                        "GET",
                        Routes.Frontend.registration,
                        token: reset
                    ),
                    BadRequest(401, "a sign-in's token at the reset", "GET", Routes.Frontend.reset, token: alice),
                    BadRequest(
                        400,
                        "a method id that is none",
                        "DELETE",
                        Routes.Frontend.methods + "/%00",
                        token: alice
                    ),
                ]
                for request in requests { try await Self.expectRefused(request, by: daemon) }
                #expect(try await Holdings(slapd, daemon) == before)
                #expect(try await portal.challenge(resetMethod, token: other).state == "pending")
            }
        }
    }

    @Test("a login that is a filter finds nobody on the admin socket either")
    func filterAsLogin() async throws {
        try await withSlapd { slapd in
            try await withDaemon(slapd) { daemon in
                for login in ["*", "*)(uid=*", "a%00", "alice\u{0}bob", String(repeating: "x", count: 5000)] {
                    let path = Routes.fill(Routes.Admin.user, login)
                    let client = try await LocalConnection.connect(socketPath: daemon.folder.adminSocket)
                    let response = try await client.send("GET", path)
                    await client.close()
                    #expect((400...431).contains(response.status), "\(login.prefix(20)): \(response.status)")
                    #expect(response.headers["content-type"] == Problem.contentType)
                }
                #expect(try await daemon.control("users", "show", "*)(uid=*").status == 1)
            }
        }
    }

    static func expectRefused(_ request: BadRequest, by daemon: DaemonFixture) async throws {
        let response = try await daemon.portal.send(
            request.method,
            request.path,
            token: request.token,
            headers: request.headers,
            body: request.body
        )
        #expect(response.status == request.status, "\(request.name)")
        #expect(response.headers["content-type"] == Problem.contentType, "\(request.name)")
        let problem = try APIJSON.decode(Problem.self, from: response.body)
        #expect(problem.status == request.status && !problem.detail.isEmpty, "\(request.name)")
        #expect(problem.type.hasPrefix(Problem.base), "\(request.name)")
    }
}
