/// A parameter of an operation.
struct Parameter: Sendable {
    enum Place: String { case path, query, header }

    var place: Place
    var name: String
    var description: String
    var schema: Schema
    var example: JSONValue?

    static func query(_ name: String, _ description: String, _ schema: Schema, example: JSONValue? = nil) -> Parameter {
        Parameter(place: .query, name: name, description: description, schema: schema, example: example)
    }

    static func path(_ name: String) -> Parameter {
        // A NUL ends a text in C, and nothing is called so.
        let schema = Schema.text(pattern: #"^[^\u0000]+$"#)
        return Parameter(place: .path, name: name, description: meanings[name] ?? "", schema: schema)
    }

    private static let meanings = [
        "id": "As an earlier answer gave it.", "login": "A login; for `exports` and `erasures` also a directory's id.",
        "name": "A role's name.",
    ]

    var json: JSONValue {
        var members: [String: JSONValue] = [
            "in": .text(place.rawValue), "name": .text(name), "description": .text(description), "schema": schema.json,
        ]
        if place == .path { members["required"] = true }
        members["example"] = example
        return .object(members)
    }
}

extension Parameter {
    static let clientAddress = Parameter(
        place: .header,
        name: Routes.clientAddressHeader,
        description: "The person's own address, if the front end knows it. Limits go by it: nobody can use up what a "
            + "person may try from where they have proven who they are before.",
        schema: .text,
        example: "2001:db8::7"
    )

    static let acceptLanguage = Parameter(
        place: .header,
        name: "Accept-Language",
        description: "In which language to write to the person, unless the directory says it (RFC 9110, 12.5.4).",
        schema: .text,
        example: "de, en;q=0.5"
    )

    static let lastEventID = Parameter(
        place: .header,
        name: "Last-Event-ID",
        description: "The id of the last event that was read; `after` goes before it.",
        schema: .text(pattern: markPattern)
    )

    /// A generation, or one with the history that it belongs to.
    static let markPattern = #"^[0-9]{1,18}(\.[A-Za-z0-9]{1,64})?$"#

    static let wait = query(
        "wait",
        "How long to wait for a change, at most 30s: a number with `ms`, `s` or `m`.",
        .text(pattern: "^[0-9]{1,\(APILimits.durationDigits)}(ms|s|m)$"),
        example: "0s"
    )

    static let limit = query(
        "limit",
        "Items of a page; \(APILimits.pageDefault) if absent.",
        .integer(APILimits.page),
        example: 10
    )

    static let cursor = query(
        "cursor",
        "`next` of the page before. One that no listing gave is `invalid-value`.",
        .text(atMost: APILimits.cursor, atLeast: 1)
    )
}
