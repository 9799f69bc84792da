package import Foundation

/// What one socket understands, as an OpenAPI 3.1 document.
package struct OpenAPIDocument: Sendable {
    /// Of the API: the number in its paths, and that of the document.
    static let version = "1.0.0"

    package let title: String
    let description: String
    package let operations: [Operation]

    package static let frontend = OpenAPIDocument(
        title: "Latchkey front-end socket",
        description: frontendDescription,
        operations: Operation.frontend
    )

    package static let administration = OpenAPIDocument(
        title: "Latchkey admin socket",
        description: adminDescription,
        operations: Operation.administration
    )

    /// The operation of a request.
    package func operation(_ method: String, _ path: String) -> Operation? {
        let segments = path.prefix { $0 != "?" }.split(separator: "/")
        return operations.first { operation in
            let template = operation.path.split(separator: "/")
            return operation.method == method && template.count == segments.count
                && zip(template, segments).allSatisfy { $0.hasPrefix("{") || $0 == $1 }
        }
    }

    /// The same bytes each time.
    package func encoded() throws -> Data { try APIJSON.encode(json) }

    // MARK: JSON

    private var json: JSONValue {
        [
            "openapi": "3.1.0",
            "jsonSchemaDialect": "https://spec.openapis.org/oas/3.1/dialect/base",
            "info": [
                "title": .text(title), "description": .text(description), "version": .text(Self.version),
                "license": ["name": "Apache-2.0", "identifier": "Apache-2.0"],
            ],
            "servers": [["url": "http://localhost", "description": "Over the Unix socket; any host name serves."]],
            "tags": .list(tags.map { ["name": .text($0.rawValue)] }),
            "security": [],
            "paths": .object(paths),
            "components": .object(components),
        ]
    }

    private var tags: [Operation.Tag] {
        Operation.Tag.allCases.filter { tag in operations.contains { $0.tag == tag } }
    }

    private var paths: [String: JSONValue] {
        Dictionary(grouping: operations, by: \.path).mapValues { operations in
            .object(Dictionary(operations.map { ($0.method.lowercased(), $0.json) }) { first, _ in first })
        }
    }

    private var components: [String: JSONValue] {
        var components: [String: JSONValue] = ["schemas": .object(schemas), "responses": .object(responses)]
        components["headers"] = .object(Dictionary(uniqueKeysWithValues: headers.map { ($0.rawValue, $0.json) }))
        guard operations.contains(where: \.needsToken) else { return components }
        components["securitySchemes"] = [
            "token": [
                "type": "http", "scheme": "bearer",
                "description": "Of `POST /v1/sign-ins` or `POST /v1/resets`. It ends with its session.",
            ]
        ]
        return components
    }

    private var schemas: [String: JSONValue] {
        let all = operations.flatMap(\.schemas).map { ($0.name, $0.schema.json) }
        return Dictionary(all) { first, _ in first }
    }

    private var responses: [String: JSONValue] {
        let alone = Set(operations.flatMap(\.loneProblems))
        return Dictionary(uniqueKeysWithValues: alone.map { ($0.rawValue, ProblemResponse(types: [$0]).json) })
    }

    private var headers: [Header] {
        Header.allCases.filter { header in
            switch header {
            case .cacheControl, .retryAfter: true
            case .authenticate: operations.contains { $0.statuses.contains(401) }
            case .location: operations.contains { $0.answers.contains(where: \.hasLocation) }
            }
        }
    }
}

// MARK: Words

extension OpenAPIDocument {
    private static let general = """
        HTTP/1.1 and JSON (RFC 8259) over a Unix socket; times are RFC 3339 in UTC. Every GET answers HEAD, too. A \
        method that a path does not take is 405 `method-not-allowed` with `Allow`, an unknown path 404. Whatever is \
        refused is a problem document (RFC 9457) with a stable `type`. An unknown member or query parameter is refused. \
        Answers may get further members. A sign-in or reset is known by its bearer token alone; there are no cookies.
        """

    private static let frontendDescription = """
        \(general)

        Who calls is known by the effective uid of its process, and may do what the configuration lists for it: \
        `x-latchkey-capabilities` names what each operation needs, any one of them. Somebody who does not exist is \
        answered like somebody who does.
        """

    private static let adminDescription = """
        \(general)

        Who calls is known by the effective uid of its process and its groups, and may do what the configuration lists \
        for them: `x-latchkey-capabilities` names what each operation needs. There is no token.
        """
}
