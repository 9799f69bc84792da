import Foundation
import LatchkeyTesting
import LocalClient
import LocalServer
import SelfService
import Testing

/// What a service answers and what becomes of it on the wire.
struct ServiceCase: Sendable, CustomStringConvertible {
    var code: ServiceError.Code
    var status: Int
    var description: String { code.description }

    static let all: [ServiceCase] = [
        .init(code: .invalidValue, status: 422), .init(code: .notPermitted, status: 403),
        .init(code: .freshProofRequired, status: 403), .init(code: .passwordMustChange, status: 403),
        .init(code: .signInRefused, status: 401), .init(code: .invalidToken, status: 401),
        .init(code: .notFound, status: 404), .init(code: .wrongCode, status: 422),
        .init(code: .challengeClosed, status: 409), .init(code: .wrongState, status: 409),
        .init(code: .gatesOpen, status: 409), .init(code: .conflict, status: 409),
        .init(code: .tooManyAttempts, status: 429), .init(code: .passwordRefused, status: 422),
        .init(code: .writeRefused, status: 422), .init(code: .directoryUnavailable, status: 503),
        .init(code: .vaultUnavailable, status: 503),
    ]
}

/// A request that is refused before any service hears of it.
struct BadRequest: Sendable, CustomStringConvertible {
    var description: String
    var method = "POST"
    var path = "/v1/sign-ins"
    var token: String?
    var headers: [(String, String)] = []
    var body: Data?
    var status = 400
    var code = "malformed-request"
    var field: String?

    init(_ description: String, json: String? = nil, field: String? = nil) {
        self.description = description
        body = json.map { Data($0.utf8) }
        self.field = field
    }

    func with(_ change: (inout BadRequest) -> Void) -> BadRequest {
        var copy = self
        change(&copy)
        return copy
    }

    static let all: [BadRequest] = [
        BadRequest("not JSON", json: "login=alice"),
        BadRequest("half of JSON", json: #"{"login":"ali"#),
        BadRequest("an array", json: "[]"),
        BadRequest("a wrong type", json: #"{"login":7,"password":"x"}"#, field: "login"),
        BadRequest("a null", json: #"{"login":null,"password":"x"}"#, field: "login"),
        BadRequest("a missing member", json: #"{"login":"alice"}"#, field: "password"),
        BadRequest("no body", field: "login"),
        BadRequest("an unknown member", json: #"{"login":"a","password":"b","admin":true}"#, field: "admin"),
        BadRequest("invalid UTF-8").with { $0.body = Data([0x7B, 0x22, 0xFF, 0x22, 0x3A, 0x31, 0x7D]) },
        BadRequest("another media type", json: "{}").with {
            $0.headers = [("content-type", "application/x-www-form-urlencoded")]
            ($0.status, $0.code, $0.field) = (415, "unsupported-media-type", "Content-Type")
        },
        BadRequest("an unknown path", json: "{}").with {
            ($0.path, $0.status, $0.code) = ("/v1/sign-in", 404, "not-found")
        },
        BadRequest("a wrong method").with {
            ($0.method, $0.status, $0.code) = ("GET", 405, "method-not-allowed")
        },
        BadRequest("no token").with {
            ($0.method, $0.path, $0.status, $0.code) = ("GET", "/v1/registration", 401, "invalid-token")
        },
        BadRequest("another scheme").with {
            ($0.method, $0.path, $0.status, $0.code) = ("GET", "/v1/registration", 401, "invalid-token")
            $0.headers = [("authorization", "Basic YWxpY2U6eA==")]
        },
        BadRequest("a foreign token").with {
            ($0.method, $0.path, $0.status, $0.code) = ("GET", "/v1/registration", 401, "invalid-token")
            $0.token = "token-of-mallory"
        },
        BadRequest("a wait that is no duration").with {
            ($0.method, $0.path, $0.field) = ("GET", "/v1/resets/current/challenges/c1?wait=soon", "wait")
            $0.token = SamplePeople.token
        },
        BadRequest("an unknown query parameter").with {
            ($0.method, $0.path) = ("GET", "/v1/resets/current/challenges/c1?hurry=1")
            $0.token = SamplePeople.token
        },
        BadRequest("an id that is not UTF-8").with {
            ($0.method, $0.path, $0.field) = ("DELETE", "/v1/registration/methods/%FF", "id")
            $0.token = SamplePeople.token
        },
        BadRequest("a kind that cannot be added", json: #"{"kind":"carrier-pigeon"}"#, field: "kind").with {
            ($0.path, $0.token) = ("/v1/registration/methods", SamplePeople.token)
            ($0.status, $0.code) = (422, "invalid-value")
        },
        BadRequest("a value of another kind", json: #"{"kind":"email","number":"+1"}"#, field: "number").with {
            ($0.path, $0.token) = ("/v1/registration/methods", SamplePeople.token)
        },
        BadRequest("an unknown purpose", json: #"{"login":"a","purpose":"steal"}"#, field: "purpose").with {
            ($0.path, $0.status, $0.code) = ("/v1/resets", 422, "invalid-value")
        },
        BadRequest("an unmet expectation").with {
            $0.headers = [("expect", "miracles")]
            ($0.status, $0.code) = (417, "unknown-expectation")
        },
    ]
}

@Suite("Problems")
struct ProblemTests {
    @Test("a service's error has its status and its type", arguments: ServiceCase.all)
    func services(_ example: ServiceCase) async throws {
        try await TestSockets.serve { sockets in
            let error = ServiceError(example.code, "A sentence.", field: "thing", retryAfter: 7)
            await sockets.frontend.fail(with: error)
            let response = try await sockets.client.send("GET", "/v1/registration", token: SamplePeople.token)
            try expectProblem(response, example.status, example.code.description, field: "thing")
            #expect(response.headers["retry-after"] == "7")
            #expect(try Shape(response)["retryAfter"] == "7")
            #expect((response.headers["www-authenticate"] != nil) == (example.status == 401))
        }
    }

    @Test("a bad request gets a problem that names what is wrong, and reaches no service", arguments: BadRequest.all)
    func badRequests(_ bad: BadRequest) async throws {
        try await TestSockets.serve { sockets in
            let response = try await sockets.client.send(
                bad.method,
                bad.path,
                token: bad.token,
                headers: bad.headers,
                body: bad.body
            )
            try expectProblem(response, bad.status, bad.code, field: bad.field)
            let reached = await sockets.frontend.calls.count
            // Only the service can tell a foreign token from a good one.
            #expect(reached == (bad.description == "a foreign token" ? 1 : 0))
        }
    }

    @Test("a wrong method is told which ones are right")
    func allow() async throws {
        try await TestSockets.serve { sockets in
            let response = try await sockets.client.send("PUT", "/v1/registration/methods/m1")
            #expect(response.headers["allow"] == "DELETE, PATCH")
            let status = try await sockets.admin.send("REPORT", "/v1/admin/status")
            try expectProblem(status, 405, "method-not-allowed")
            #expect(status.headers["allow"] == "GET, HEAD")
        }
    }

    @Test("LDAP filter characters reach the service as they are")
    func filterCharacters() async throws {
        try await TestSockets.serve { sockets in
            let json = #"{"login":"*)(uid=*\\2a","password":"x"}"#
            let response = try await sockets.client.send("POST", "/v1/sign-ins", json: json)
            try expectProblem(response, 401, "sign-in-refused")
            #expect(await sockets.frontend.calls.first?.arguments == [#"*)(uid=*\2a"#, "x"])
        }
    }

    @Test("a peer that is no front end gets 403 on every path, known or not")
    func strangers() async throws {
        var options = TestSockets.Options()
        options.uid = 4_000_000
        try await TestSockets.serve(options) { sockets in
            for (method, path) in [("GET", "/v1/registration"), ("POST", "/v1/resets"), ("GET", "/nothing")] {
                try expectProblem(try await sockets.client.send(method, path), 403, "not-permitted")
            }
            #expect(await sockets.frontend.calls.isEmpty)
        }
    }

    @Test("a front end does only what it may, and is told what it lacks")
    func capabilities() async throws {
        var options = TestSockets.Options()
        options.may = [.unlock]
        try await TestSockets.serve(options) { sockets in
            let refused = try await sockets.client.send("POST", "/v1/sign-ins", json: #"{"login":"a","password":"b"}"#)
            try expectProblem(refused, 403, "not-permitted")
            #expect(try Shape(refused)["capability"] == "sign-in")
            let reset = #"{"login":"alice","purpose":"reset"}"#
            #expect(try await sockets.client.send("POST", "/v1/resets", json: reset).status == 403)
            let unlock = #"{"login":"alice","purpose":"unlock"}"#
            #expect(try await sockets.client.send("POST", "/v1/resets", json: unlock).status == 201)
            #expect(await sockets.frontend.calls.map(\.caller) == [Caller(frontend: "portal", maySeeTruth: false)])
        }
    }
}
