import Foundation
import LatchkeyTesting
import LocalClient
import LocalServer
import SelfService
import Testing

@Suite("Policies on the admin socket")
struct PolicyRoutesTests {
    @Test("those in force are listed with their people")
    func list() async throws {
        try await TestSockets.serve { sockets in
            let shape = try Shape(await sockets.admin.send("GET", "/v1/admin/policies"))
            #expect(shape.members == "freshness items unmatched" && shape["unmatched"] == "3")
            let first = try shape.first("items")
            #expect(first.members == "enrol gates methods name people register roles")
            #expect(first["name"] == "staff" && first["people"] == "41")
        }
    }

    @Test("a simulation comes in pages, with every count and those who would lose something")
    func simulate() async throws {
        try await TestSockets.serve { sockets in
            let path = "/v1/admin/policy-simulations"
            let json = #"{"configuration":"policies","limit":1}"#
            let first = try Shape(await sockets.admin.send("POST", path, json: json))
            #expect(first.members == "counts examined freshness items next" && first["next"] == "second")
            #expect(try first.inner("counts")["gains-unlock"] == "1")
            #expect(try first.inner("counts")["loses-reset"] == "0")
            let next = #"{"configuration":"policies","limit":1,"cursor":"second"}"#
            let last = try Shape(await sockets.admin.send("POST", path, json: next))
            #expect(last["next"] == "null")
            let bob = try last.first("items")
            #expect(bob["login"] == "bob")
            #expect(try bob.strings("changes") == ["loses-reset"])
            #expect(try bob.first("reasons")["code"] == "too-few-gates")
        }
    }

    @Test(
        "a request that is wrong names what is",
        arguments: [
            (#"{}"#, 400, "malformed-request", "configuration"),
            (#"{"configuration":"x","limit":0}"#, 400, "malformed-request", "limit"),
            (#"{"configuration":"x","cursor":""}"#, 400, "malformed-request", "cursor"),
            (#"{"configuration":"wrong"}"#, 422, "invalid-value", "configuration"),
        ]
    )
    func wrong(json: String, status: Int, code: String, field: String) async throws {
        try await TestSockets.serve { sockets in
            let response = try await sockets.admin.send("POST", "/v1/admin/policy-simulations", json: json)
            try expectProblem(response, status, code, field: field)
        }
    }

    @Test("both need the capability to look people up")
    func capability() async throws {
        var options = TestSockets.Options()
        options.administrators = [AdministratorGrant(.user(geteuid()), may: [.sync])]
        try await TestSockets.serve(options) { sockets in
            let list = try await sockets.admin.send("GET", "/v1/admin/policies")
            try expectProblem(list, 403, "not-permitted")
            let json = #"{"configuration":"x"}"#
            let simulation = try await sockets.admin.send("POST", "/v1/admin/policy-simulations", json: json)
            try expectProblem(simulation, 403, "not-permitted")
        }
    }
}
