/// An answer of an operation that is no problem.
struct Answer: Sendable {
    var status: Int
    var description: String
    var mediaType = "application/json"
    var schema: Schema?
    var hasLocation = false
    /// What can be called next, by operation id: where its path parameter stands in this answer.
    var links: [String: String] = [:]

    static func ok(_ schema: NamedSchema, _ description: String = "As asked for.") -> Answer {
        Answer(status: 200, description: description, schema: .ref(schema))
    }

    static func created(_ schema: NamedSchema, _ description: String = "Made.", links: [String: String] = [:]) -> Answer
    {
        Answer(status: 201, description: description, schema: .ref(schema), links: links)
    }

    static func accepted(_ schema: NamedSchema, links: [String: String] = [:]) -> Answer {
        Answer(status: 202, description: "Under way.", schema: .ref(schema), hasLocation: true, links: links)
    }

    /// For a protected person.
    static let pending = Answer(
        status: 202,
        description: "The person is protected: another administrator must approve it first.",
        schema: .ref(.approval)
    )

    static let nothing = Answer(status: 204, description: "Done; there is nothing to say.")

    static func text(_ mediaType: String, _ description: String) -> Answer {
        Answer(status: 200, description: description, mediaType: mediaType, schema: .text)
    }

    /// Server-sent events (HTML Living Standard, 9.2): each as an object of its fields.
    static func events(_ documents: [NamedSchema]) -> Answer {
        var data = Schema(["type": "string", "contentMediaType": "application/json"])
        data.keywords["contentSchema"] = ["oneOf": .list(documents.map { Schema.ref($0).json })]
        data.named = documents
        let event = Schema.object([
            .required("event", .text), .optional("id", Schema.text.described("For `Last-Event-ID`.")),
            .required("data", data.described("One JSON document.")),
        ])
        let description = "Events, and a comment now and then, so that both ends notice when the other is gone."
        return Answer(status: 200, description: description, mediaType: "text/event-stream", schema: event)
    }

    var json: JSONValue {
        var headers: [String: JSONValue] = ["Cache-Control": Header.cacheControl.reference]
        if hasLocation { headers["Location"] = Header.location.reference }
        var members: [String: JSONValue] = ["description": .text(description), "headers": .object(headers)]
        if let schema { members["content"] = .object([mediaType: ["schema": schema.json]]) }
        if !links.isEmpty { members["links"] = .object(linkObjects) }
        return .object(members)
    }

    private var linkObjects: [String: JSONValue] {
        var objects: [String: JSONValue] = [:]
        for (operation, place) in links {
            objects[operation] = [
                "operationId": .text(operation), "parameters": ["id": .text("$response.body#\(place)")],
            ]
        }
        return objects
    }
}

/// A header field of answers.
enum Header: String, CaseIterable {
    case cacheControl = "Cache-Control"
    case retryAfter = "Retry-After"
    case authenticate = "WWW-Authenticate"
    case location = "Location"

    var reference: JSONValue { ["$ref": .text("#/components/headers/\(rawValue)")] }

    var json: JSONValue {
        let (description, schema) = content
        return ["description": .text(description), "required": true, "schema": schema.json]
    }

    private var content: (String, Schema) {
        switch self {
        case .cacheControl: ("Nothing that this API says may be kept.", .word(["no-store"]))
        case .retryAfter: ("Seconds until it may work.", .integer(1...Int.max))
        case .authenticate: ("How to authenticate (RFC 6750).", .word(["Bearer"]))
        case .location: ("Where to follow it.", .text)
        }
    }
}
