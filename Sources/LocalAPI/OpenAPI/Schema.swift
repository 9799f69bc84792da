/// A JSON Schema (draft 2020-12), as OpenAPI 3.1 uses it.
package struct Schema: Sendable {
    var keywords: [String: JSONValue]
    /// The named schemas that it refers to.
    var named: [NamedSchema] = []

    init(_ keywords: [String: JSONValue], named: [NamedSchema] = []) {
        self.keywords = keywords
        self.named = named
    }

    var json: JSONValue { .object(keywords) }
}

/// A schema of `components`.
package struct NamedSchema: Sendable {
    package let name: String
    let schema: Schema

    init(_ name: String, _ schema: Schema) {
        self.name = name
        self.schema = schema
    }

    /// Itself, and all that it needs.
    var closure: [NamedSchema] { [self] + schema.named.flatMap(\.closure) }
}

/// A member of an object.
struct Member {
    var name: String
    var schema: Schema
    var isRequired: Bool

    static func required(_ name: String, _ schema: Schema) -> Member {
        Member(name: name, schema: schema, isRequired: true)
    }

    static func optional(_ name: String, _ schema: Schema) -> Member {
        Member(name: name, schema: schema, isRequired: false)
    }
}

// MARK: Values

extension Schema {
    static var text: Schema { Schema(["type": "string"]) }
    static var flag: Schema { Schema(["type": "boolean"]) }
    static var null: Schema { Schema(["type": "null"]) }
    static var time: Schema { Schema(["type": "string", "format": "date-time"]) }
    /// The number of something.
    static var count: Schema { .integer(0...Int.max) }

    static func text(atMost limit: Int, atLeast least: Int = 0) -> Schema {
        var keywords: [String: JSONValue] = ["type": "string", "maxLength": .number(Int64(limit))]
        if least > 0 { keywords["minLength"] = .number(Int64(least)) }
        return Schema(keywords)
    }

    static func text(pattern: String) -> Schema { Schema(["type": "string", "pattern": .text(pattern)]) }

    static func integer(_ range: ClosedRange<Int>) -> Schema {
        Schema([
            "type": "integer", "format": "int64", "minimum": .number(Int64(range.lowerBound)),
            "maximum": .number(Int64(range.upperBound)),
        ])
    }

    /// One of some words.
    static func word(_ words: [String]) -> Schema {
        Schema(["type": "string", "enum": .list(words.map(JSONValue.text))])
    }

    static func list(of item: Schema, atMost limit: Int? = nil) -> Schema {
        var keywords: [String: JSONValue] = ["type": "array", "items": item.json]
        keywords["maxItems"] = limit.map { .number(Int64($0)) }
        return Schema(keywords, named: item.named)
    }

    static func map(of value: Schema) -> Schema {
        Schema(["type": "object", "additionalProperties": value.json], named: value.named)
    }

    static func ref(_ named: NamedSchema) -> Schema {
        Schema(["$ref": .text("#/components/schemas/\(named.name)")], named: [named])
    }

    // MARK: Objects

    /// Part of an answer. Clients pass over members that they do not know.
    static func object(_ members: [Member]) -> Schema {
        let required = members.filter(\.isRequired).map { JSONValue.text($0.name) }
        var keywords: [String: JSONValue] = ["type": "object"]
        keywords["properties"] = .object(Dictionary(members.map { ($0.name, $0.schema.json) }) { _, last in last })
        if !required.isEmpty { keywords["required"] = .list(required) }
        return Schema(keywords, named: members.flatMap(\.schema.named))
    }

    /// Part of a request: nothing else may stand in it, and `null` says what an absent member says.
    static func request(_ members: [Member]) -> Schema {
        var schema = object(members.map { $0.isRequired ? $0 : .optional($0.name, $0.schema.orNull) })
        schema.keywords["additionalProperties"] = false
        return schema
    }

    /// Exactly one of several sets of members is there.
    func having(oneOf variants: [Schema]) -> Schema {
        var copy = self
        copy.keywords["oneOf"] = .list(variants.map(\.json))
        return copy
    }

    // MARK: Notes

    func described(_ text: String) -> Schema { with("description", .text(text)) }
    func example(_ value: JSONValue) -> Schema { with("examples", .list([value])) }

    private func with(_ keyword: String, _ value: JSONValue) -> Schema {
        var copy = self
        copy.keywords[keyword] = value
        return copy
    }

    var orNull: Schema {
        guard case .text(let type) = keywords["type"] else { return self }
        var copy = with("type", .list([.text(type), "null"]))
        if case .list(let words) = keywords["enum"] { copy.keywords["enum"] = .list(words + [.null]) }
        return copy
    }
}
