import Foundation
import LatchkeyTesting
import LocalAPI
import LocalClient
import LocalServer
import SelfService
import Testing

@Suite("The OpenAPI documents")
struct DocumentTests {
    private static func endpoints(_ document: OpenAPIDocument) -> Set<Endpoint> {
        Set(document.operations.map { Endpoint(method: $0.method, path: $0.path, query: $0.query) })
    }

    @Test("tell every route, method and query parameter that is served, and no other")
    func routes() async throws {
        try await TestSockets.serve { sockets in
            #expect(Self.endpoints(.frontend) == sockets.frontendEndpoints)
            #expect(Self.endpoints(.administration) == sockets.adminEndpoints)
        }
        #expect(OpenAPIDocument.frontend.operations.count > 20 && OpenAPIDocument.administration.operations.count > 40)
    }

    @Test("are served to whoever may call anything, each on its own socket, and are the same bytes each time")
    func served() async throws {
        try await TestSockets.serve { sockets in
            let frontend = try OpenAPIDocument.frontend.encoded()
            let admin = try OpenAPIDocument.administration.encoded()
            #expect(try OpenAPIDocument.frontend.encoded() == frontend && frontend != admin)
            let cases = [
                (sockets.client, "/v1/openapi.json", frontend), (sockets.admin, "/v1/openapi.json", admin),
                (sockets.admin, "/v1/admin/openapi.json", admin),
            ]
            for (connection, path, bytes) in cases {
                let response = try await connection.send("GET", path)
                #expect(response.status == 200 && response.body == bytes)
                #expect(response.headers["content-type"] == "application/json")
            }
            #expect(try await sockets.client.send("GET", "/v1/admin/openapi.json").status == 404)
        }
        var strangers = TestSockets.Options()
        strangers.uid = 4_000_000
        try await TestSockets.serve(strangers) { sockets in
            try expectProblem(try await sockets.client.send("GET", "/v1/openapi.json"), 403, "not-permitted")
        }
    }

    @Test("say which capabilities each operation needs")
    func capabilities() async throws {
        var options = TestSockets.Options()
        options.may = [.disclose]
        options.administrators = [AdministratorGrant(.user(geteuid()), may: [])]
        try await TestSockets.serve(options) { sockets in
            for (document, connection) in sockets.documents {
                for operation in document.operations where !operation.capabilities.isEmpty {
                    let response = try await connection.send(operation.method, operation.samplePath, json: "{}")
                    #expect(response.status == 403, "\(operation.method) \(operation.path)")
                    let needed = operation.capabilities.joined(separator: " or ")
                    #expect(try Shape(response)["capability"] == needed, "\(operation.method) \(operation.path)")
                }
            }
        }
    }

    @Test("say which operations need a token")
    func tokens() async throws {
        try await TestSockets.serve { sockets in
            for operation in OpenAPIDocument.frontend.operations {
                let response = try await sockets.client.send(operation.method, operation.samplePath)
                let needsToken = response.headers["www-authenticate"] != nil
                #expect(needsToken == operation.needsToken, "\(operation.method) \(operation.path)")
            }
        }
    }

    @Test("say which members each body may have")
    func members() async throws {
        try await TestSockets.serve { sockets in
            for (document, connection) in sockets.documents {
                for operation in document.operations {
                    guard let members = operation.bodyMembers else { continue }
                    let response = try await connection.send(
                        operation.method,
                        operation.samplePath,
                        token: SamplePeople.token,
                        json: #"{"no-such-member":1}"#
                    )
                    #expect(response.status == 400, "\(operation.method) \(operation.path)")
                    let known = members.joined(separator: ", ")
                    let detail = try Shape(response)["detail"] ?? ""
                    #expect(detail.hasSuffix("Known are: \(known)."), "\(operation.path): \(detail)")
                }
            }
        }
    }

    @Test("list each problem of a service under its type and status")
    func problems() {
        for example in ServiceCase.all {
            #expect(ProblemType(rawValue: example.code.description)?.status == example.status)
        }
        let all = [OpenAPIDocument.frontend, .administration].flatMap(\.operations).flatMap(\.allProblems)
        // It belongs to no operation: the paths' other methods are answered so.
        #expect(Set(ProblemType.allCases).subtracting(all) == [.methodNotAllowed])
    }

    @Test("are valid OpenAPI 3.1, and their schemas are what the wire types write: no member more, none less")
    func samples() async throws {
        let outcome = try await Self.check(documents: try Self.documents(), samples: try Sample.all())
        #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
    }

    @Test("and a member that one of both lacks is found, as a document that is none")
    func drift() async throws {
        let strange = try Sample("Question", ["id": "pet", "text": "Which?", "answer": "Dinah"])
        let changed = try Self.documents().replacing("\"freshUntil\"", with: "\"freshTill\"")
            .replacing("\"openapi\":\"3.1.0\"", with: "\"openapi\":3")
        let outcome = try await Self.check(documents: changed, samples: try Sample.all() + [strange])
        #expect(outcome.status == 1, "\(outcome.errors)")
        let faults = [
            "VerifiedMethod: the schema lacks the member freshUntil",
            "VerifiedMethod: no sample has the member freshTill",
            "Question: the schema lacks the member answer", "Latchkey admin socket: openapi: ",
        ]
        for fault in faults { #expect(outcome.output.contains(fault), "\(fault): \(outcome.output)") }
    }

    private static func documents() throws -> String {
        try [OpenAPIDocument.frontend, .administration].map { String(decoding: try $0.encoded(), as: UTF8.self) }
            .joined(separator: ",")
    }

    private static func check(documents: String, samples: [Sample]) async throws -> Command.Outcome {
        let folder = try TestFolder()
        defer { folder.remove() }
        let list = try APIJSON.encode(samples.map { ["schema": $0.schema, "json": $0.json] })
        let input = "{\"documents\":[\(documents)],\"samples\":\(String(decoding: list, as: UTF8.self))}"
        let script = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "check_samples.py").path
        return try await Command(try PythonEnvironment.interpreter, [script])
            .run(input: input, in: URL(filePath: folder.path("")))
    }
}

extension TestSockets {
    fileprivate var documents: [(OpenAPIDocument, LocalConnection)] { [(.frontend, client), (.administration, admin)] }
}

extension LocalAPI.Operation {
    /// The path with something for each of its parameters.
    fileprivate var samplePath: String {
        path.replacing("{id}", with: "1").replacing("{login}", with: "bob").replacing("{name}", with: "staff")
    }
}
