import Foundation
import LatchkeyTesting
import LocalClient
import LocalServer
import SelfService
import Testing

@Suite("Routes about one person")
struct PersonRoutesTests {
    private static let user = "/v1/admin/users/alice"

    @Test(
        "each action takes a reason, answers with its document, and says 202 while a second administrator is needed",
        arguments: [
            ("reveals", #"{"reason":"x"}"#, 200, "freshness items next"),
            ("methods", #"{"kind":"email","value":"a@example.net","reason":"x"}"#, 201, "result"),
            ("method-removals", #"{"all":true,"reason":"x"}"#, 200, "removed"),
            ("passes", #"{"reason":"x"}"#, 201, "expiresAt pass"),
            ("pass-revocations", #"{"reason":"x"}"#, 200, "changed"),
            ("freezes", #"{"reason":"x"}"#, 200, "changed"),
            ("freeze-liftings", #"{"reason":"x"}"#, 200, "changed"),
            ("required-confirmations", #"{"reason":"x"}"#, 200, "passedOver required"),
        ]
    )
    func actions(name: String, body: String, status: Int, members: String) async throws {
        try await TestSockets.serve { sockets in
            let path = "\(Self.user)/\(name)"
            let answer = try await sockets.admin.send("POST", path, json: body)
            #expect(answer.status == status)
            #expect(try Shape(answer).members == members)
            let silent = body.replacing(#","reason":"x""#, with: "").replacing(#""reason":"x""#, with: "")
            try expectProblem(
                try await sockets.admin.send("POST", path, json: silent),
                400,
                "malformed-request",
                field: "reason"
            )
            await sockets.people.protect()
            let waits = try await sockets.admin.send("POST", path, json: body)
            #expect(waits.status == 202)
            let shape = try Shape(waits)
            #expect(shape.members == "action capability expiresAt id login reason requestedAt requester state")
        }
    }

    @Test("a revealed method shows its number, and a listed one never")
    func values() async throws {
        try await TestSockets.serve { sockets in
            let shown = try Shape(await sockets.admin.send("POST", "\(Self.user)/reveals", json: #"{"reason":"x"}"#))
            #expect(try shown.first("items")["value"] == "+12025550142")
            let listed = try Shape(await sockets.admin.send("GET", "\(Self.user)/methods"))
            #expect(try listed.first("items")["value"] == nil)
        }
    }

    @Test(
        "what a request lacks or has too much is named",
        arguments: [
            ("method-removals", #"{"reason":"x"}"#, 422, "invalid-value", "id"),
            ("method-removals", #"{"id":"a","all":true,"reason":"x"}"#, 422, "invalid-value", "id"),
            ("methods", #"{"kind":"pigeon","value":"a","reason":"x"}"#, 422, "invalid-value", "kind"),
            ("methods", #"{"kind":"email","adress":"a","reason":"x"}"#, 400, "malformed-request", "adress"),
            ("passes", #"{"lifetime":"1h","reason":"x"}"#, 400, "malformed-request", "lifetime"),
        ]
    )
    func wrong(name: String, body: String, status: Int, code: String, field: String) async throws {
        try await TestSockets.serve { sockets in
            let answer = try await sockets.admin.send("POST", "\(Self.user)/\(name)", json: body)
            try expectProblem(answer, status, code, field: field)
            #expect(await sockets.people.calls.isEmpty)
        }
    }

    @Test(
        "each path needs its own capability",
        arguments: [
            ("GET", "\(user)/methods", AdminCapability.lookUp), ("POST", "\(user)/reveals", .reveal),
            ("POST", "\(user)/methods", .editMethods), ("POST", "\(user)/method-removals", .editMethods),
            ("POST", "/v1/admin/method-imports", .import), ("POST", "\(user)/passes", .issuePass),
            ("POST", "\(user)/pass-revocations", .issuePass), ("POST", "\(user)/freezes", .release),
            ("POST", "\(user)/freeze-liftings", .release), ("GET", "/v1/admin/freezes", .lookUp),
            ("POST", "\(user)/required-confirmations", .editMethods),
            ("POST", "/v1/admin/required-confirmations", .editMethods), ("GET", "/v1/admin/registrations", .lookUp),
        ]
    )
    func capabilities(method: String, path: String, capability: AdminCapability) async throws {
        let all = Set(AdminCapability.allCases).subtracting([.all])
        for (may, isEnough) in [(all.subtracting([capability]), false), ([capability], true)] {
            var options = TestSockets.Options()
            options.administrators = [AdministratorGrant(.user(geteuid()), may: may)]
            try await TestSockets.serve(options) { sockets in
                let answer = try await sockets.admin.send(method, path, body: method == "GET" ? nil : Data("{}".utf8))
                #expect((answer.status == 403) != isEnough)
                if !isEnough { #expect(try Shape(answer)["capability"] == capability.rawValue) }
            }
        }
    }
}
