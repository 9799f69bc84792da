/// One method of one path: all that a caller must know of it.
package struct Operation: Sendable {
    package let method: String
    package let path: String
    let id: String
    let tag: Tag
    let summary: String
    /// Any one of them is enough; empty: whoever may connect and is known.
    package var capabilities: [String] = []
    /// Whether a bearer token is needed.
    package var needsToken = false
    /// Whether everybody may call it who can connect.
    var isOpen = false
    var parameters: [Parameter] = []
    var body: NamedSchema?
    /// Whether a request without a body lacks something.
    var isBodyRequired = false
    var bodyExample: JSONValue?
    var answers: [Answer]
    /// Beside those that every operation may answer with.
    var problems: [ProblemType] = []
    /// The events of a feed, by name.
    var events: [String: NamedSchema] = [:]

    enum Tag: String, CaseIterable {
        case service, registration, reset, status, people, administration, vault
    }

    init(
        _ method: String,
        _ path: String,
        _ id: String,
        _ tag: Tag,
        _ summary: String,
        _ answers: Answer...,
        change: (inout Operation) -> Void = { _ in }
    ) {
        self.method = method
        self.path = path
        self.id = id
        self.tag = tag
        self.summary = summary
        self.answers = answers
        change(&self)
    }

    mutating func takes(_ body: NamedSchema, example: JSONValue? = nil) {
        self.body = body
        isBodyRequired = body.schema.keywords["required"] != nil || body.schema.keywords["oneOf"] != nil
        bodyExample = example
    }

    // MARK: Reading

    /// The query parameters that it knows.
    package var query: Set<String> { Set(parameters.filter { $0.place == .query }.map(\.name)) }

    /// The members that its body may have; nil: it takes none.
    package var bodyMembers: [String]? {
        guard case .object(let members) = body?.schema.keywords["properties"] else { return nil }
        return members.keys.sorted()
    }

    /// All problems that it may be answered with.
    package var allProblems: [ProblemType] {
        var all: [ProblemType] = [
            .malformedRequest, .requestTimeout, .bodyTooLarge, .unknownExpectation, .headersTooLarge, .internalError,
        ]
        if !isOpen { all.append(.notPermitted) }
        if needsToken { all.append(.invalidToken) }
        if body != nil { all.append(.unsupportedMediaType) }
        return ProblemType.allCases.filter { (all + problems).contains($0) }
    }

    /// Every status that it may be answered with.
    package var statuses: Set<Int> { Set(answers.map(\.status) + allProblems.map(\.status)) }

    var schemas: [NamedSchema] {
        let own = [body].compactMap(\.self) + events.values + answers.compactMap(\.schema).flatMap(\.named)
        return (own + [.problem]).flatMap(\.closure)
    }
}

// MARK: JSON

extension Operation {
    var json: JSONValue {
        var members: [String: JSONValue] = [
            "operationId": .text(id), "summary": .text(summary), "tags": [.text(tag.rawValue)],
            "responses": .object(responses), "x-latchkey-capabilities": .list(capabilities.map(JSONValue.text)),
        ]
        if needsToken { members["security"] = [["token": []]] }
        let parameters = pathParameters + parameters
        if !parameters.isEmpty { members["parameters"] = .list(parameters.map(\.json)) }
        if let body { members["requestBody"] = requestBody(body) }
        if !events.isEmpty { members["x-latchkey-events"] = .object(events.mapValues { Schema.ref($0).json }) }
        return .object(members)
    }

    private var pathParameters: [Parameter] {
        path.split(separator: "/").filter { $0.hasPrefix("{") }.map { .path(String($0.dropFirst().dropLast())) }
    }

    private func requestBody(_ body: NamedSchema) -> JSONValue {
        var media: [String: JSONValue] = ["schema": Schema.ref(body).json]
        media["example"] = bodyExample
        return ["required": .flag(isBodyRequired), "content": ["application/json": .object(media)]]
    }

    private var responses: [String: JSONValue] {
        var responses: [String: JSONValue] = [:]
        for answer in answers { responses["\(answer.status)"] = answer.json }
        for (status, types) in Dictionary(grouping: allProblems, by: \.status) {
            responses["\(status)"] = types.count == 1 ? types[0].reference : ProblemResponse(types: types).json
        }
        return responses
    }

    /// The problems that stand alone at their status in this operation.
    var loneProblems: [ProblemType] {
        Dictionary(grouping: allProblems, by: \.status).values.filter { $0.count == 1 }.map { $0[0] }
    }
}

extension ProblemType {
    fileprivate var reference: JSONValue { ["$ref": .text("#/components/responses/\(rawValue)")] }
}
