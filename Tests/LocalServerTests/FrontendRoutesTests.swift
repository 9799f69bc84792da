import Foundation
import LatchkeyTesting
import LocalClient
import SelfService
import Synchronizer
import Testing

@Suite("Front-end routes")
struct FrontendRoutesTests {
    private let token = SamplePeople.token

    @Test("a sign-in answers 201 with a token, the user and the registration")
    func signIn() async throws {
        try await TestSockets.serve { sockets in
            let response = try await sockets.client.send(
                "POST",
                "/v1/sign-ins",
                json: #"{"login":"alice","password":"\#(SamplePeople.password)"}"#
            )
            #expect(response.status == 201)
            #expect(response.headers["content-type"] == "application/json")
            #expect(response.headers["cache-control"] == "no-store")
            let shape = try Shape(response)
            #expect(shape.members == "expiresAt registration token user")
            #expect(shape["expiresAt"] == "2026-01-02T03:04:05.000Z")
            let user = try shape.inner("user")
            #expect(user.members == "account displayName dn email freshness id login registration roles")
            #expect(user["registration"] == "incomplete")
            #expect(try user.inner("account").members == "state")
            #expect(try user.inner("freshness").members == "asOf generation state")
            let registration = try shape.inner("registration")
            #expect(registration.members == "methods missing policy registered state")
            #expect(registration.object["registered"] as? Bool == false)
            let call = try #require(await sockets.frontend.calls.first)
            #expect(call.caller == Caller(frontend: "portal", maySeeTruth: true))
        }
    }

    @Test("a registration shows state, what is missing, methods without values, and the policy")
    func registration() async throws {
        try await TestSockets.serve { sockets in
            let response = try await sockets.client.send("GET", "/v1/registration", token: token)
            #expect(response.status == 200)
            let shape = try Shape(response)
            #expect(try shape.first("missing").members == "code text")
            let method = try shape.first("methods")
            #expect(method.members == "addedAt hint id isDefault kind label state usableFrom verifiedAt via")
            #expect(method["kind"] == "mobile-phone")
            #expect(method["hint"] == "•••42")
            #expect(try shape.inner("policy").members == "methods minimum name strong")
            #expect(try shape.inner("policy").first("methods").members == "kind via")
        }
    }

    @Test("a method is added with 201, changed with 200 and removed with 204")
    func methods() async throws {
        try await TestSockets.serve { sockets in
            let client = sockets.client
            let body = #"{"kind":"mobile-phone","number":"+1 202 555 0142","label":"mine"}"#
            let added = try await client.send("POST", "/v1/registration/methods", token: token, json: body)
            #expect(added.status == 201)
            #expect(try Shape(added).members == "method")
            #expect(try Shape(added).inner("method")["value"] == "+12025550142")
            let path = "/v1/registration/methods/m1"
            let changed = try await client.send("PATCH", path, token: token, json: #"{"isDefault":true}"#)
            #expect(changed.status == 200)
            #expect(try Shape(changed)["id"] == "m1")
            let removed = try await client.send("DELETE", path, token: token)
            #expect(removed.status == 204)
            #expect(removed.body.isEmpty)
            let arguments = await sockets.frontend.calls.map(\.arguments)
            #expect(arguments == [["mobile-phone", "+1 202 555 0142", "mine"], ["m1", "-", "true"], ["m1"]])
        }
    }

    @Test("a registration's challenge is opened, looked at and answered")
    func registrationChallenge() async throws {
        try await TestSockets.serve { sockets in
            let client = sockets.client
            let opened = try await client.send(
                "POST",
                "/v1/registration/methods/m1/challenges",
                token: token,
                json: #"{"via":"text"}"#
            )
            #expect(opened.status == 201)
            #expect(try Shape(opened).members == "expiresAt id kind state via")
            #expect(try Shape(opened)["state"] == "pending")
            let bare = try await client.send("POST", "/v1/registration/methods/m1/challenges", token: token)
            #expect(bare.status == 201)
            let path = "/v1/registration/challenges/c1"
            #expect(try Shape(await client.send("GET", path, token: token))["state"] == "passed")
            let answer = #"{"code":"\#(SamplePeople.code)"}"#
            let answered = try await client.send("POST", path + "/response", token: token, json: answer)
            #expect(answered.status == 200)
            #expect(try Shape(answered).members == "freshUntil method")
            let confirmed = try await client.send("POST", "/v1/registration/confirmations", token: token)
            #expect(confirmed.status == 200)
            #expect(try Shape(confirmed)["state"] == "incomplete")
        }
    }

    @Test("waiting for a challenge returns as soon as it is decided")
    func wait() async throws {
        try await TestSockets.serve { sockets in
            await sockets.frontend.script(challenge: [.pending, .pending, .passed])
            let path = "/v1/registration/challenges/c1?wait=30s"
            let response = try await sockets.client.send("GET", path, token: token)
            #expect(try Shape(response)["state"] == "passed")
            #expect(await sockets.frontend.calls.count == 3)
        }
    }

    @Test("waiting for a challenge ends after the time asked for")
    func waitEnds() async throws {
        try await TestSockets.serve { sockets in
            await sockets.frontend.script(challenge: Array(repeating: .pending, count: 100))
            let path = "/v1/resets/current/challenges/c1?wait=300ms"
            let response = try await sockets.client.send("GET", path, token: token)
            #expect(try Shape(response)["state"] == "pending")
            let calls = await sockets.frontend.calls.count
            #expect((2...4).contains(calls))
        }
    }

    @Test("a reset goes from its start over its challenges to the password")
    func reset() async throws {
        try await TestSockets.serve { sockets in
            let client = sockets.client
            let body = #"{"login":"alice","purpose":"reset"}"#
            let started = try await client.send("POST", "/v1/resets", json: body)
            #expect(started.status == 201)
            #expect(try Shape(started).members == "expiresAt gates methods purpose token")
            #expect(try Shape(started).first("methods").members == "hint id kind via")
            #expect(try Shape(started).inner("gates").members == "passed required")
            let shown = try await client.send("GET", "/v1/resets/current", token: token)
            #expect(try Shape(shown).members == "expiresAt gates methods purpose")
            let path = "/v1/resets/current/challenges"
            let opened = try await client.send("POST", path, token: token, json: #"{"methodId":"m1"}"#)
            #expect(opened.status == 201)
            #expect(try await client.send("GET", path + "/c1", token: token).status == 200)
            let answer = #"{"code":"\#(SamplePeople.code)"}"#
            let answered = try await client.send("POST", path + "/c1/response", token: token, json: answer)
            #expect(answered.status == 200)
            #expect(try Shape(answered).inner("gates")["passed"] == "1")
            let password = #"{"password":"a new one"}"#
            let written = try await client.send("PUT", "/v1/resets/current/password", token: token, json: password)
            #expect(written.status == 200)
            #expect(try Shape(written).members == "directories notEnforced outcome unlocked")
            #expect(try Shape(written).first("directories").members == "name outcome server")
            #expect(try await client.send("POST", "/v1/resets/current/unlock", token: token).status == 200)
        }
    }

    @Test("a refused password is 422 with the outcome at the problem's top level")
    func refusedPassword() async throws {
        try await TestSockets.serve { sockets in
            await sockets.frontend.answer(with: SamplePeople.refused)
            let path = "/v1/resets/current/password"
            let response = try await sockets.client.send("PUT", path, token: token, json: #"{"password":"x"}"#)
            try expectProblem(response, 422, "password-refused")
            let shape = try Shape(response)
            #expect(shape["outcome"] == "refused")
            #expect(shape["reason"] == "password-in-history")
            #expect(try shape.first("directories")["reason"] == "password-in-history")
        }
    }

    @Test("a password check gives each rule its yes or no")
    func passwordCheck() async throws {
        try await TestSockets.serve { sockets in
            let json = #"{"password":"short"}"#
            let response = try await sockets.client.send("POST", "/v1/password-checks", token: token, json: json)
            #expect(response.status == 200)
            #expect(try Shape(response).members == "acceptable incomplete rules")
            #expect(try Shape(response).first("rules").members == "id satisfied source text")
        }
    }

    @Test("a link by mail is always answered by 202 and nothing else, and opens a reset by its token alone")
    func links() async throws {
        try await TestSockets.serve { sockets in
            let asked = try await sockets.client.send("POST", "/v1/reset-links", json: #"{"email":"a@x.org"}"#)
            #expect(asked.status == 202 && asked.body.isEmpty)
            let opened = try await sockets.client.send("POST", "/v1/resets", json: #"{"linkToken":"abc"}"#)
            #expect(opened.status == 201)
            #expect(try Shape(opened).members == "expiresAt gates methods purpose token")
            let both = #"{"linkToken":"abc","login":"alice"}"#
            try expectProblem(
                try await sockets.client.send("POST", "/v1/resets", json: both),
                400,
                "malformed-request",
                field: "linkToken"
            )
            let repudiated = try await sockets.client.send("POST", "/v1/repudiations", json: #"{"token":"abc"}"#)
            #expect(repudiated.status == 204)
        }
    }

    @Test("health and readiness are open, and readiness needs a complete copy")
    func health() async throws {
        var options = TestSockets.Options()
        options.uid = 4_000_000
        options.mirror = ListedMirror(generation: 0)
        try await TestSockets.serve(options) { sockets in
            for client in [sockets.client, sockets.admin] {
                #expect(try await client.send("GET", "/health").status == 200)
                let unready = try await client.send("GET", "/ready")
                try expectProblem(unready, 503, "not-ready")
                #expect(unready.headers["retry-after"] != nil)
            }
            sockets.mirror.become(generation: 1)
            #expect(try await sockets.client.send("GET", "/ready").status == 200)
            #expect(try await sockets.admin.send("GET", "/ready").status == 200)
        }
    }
}
