package import Foundation

/// A request body. Its members are all that may stand in it.
package protocol RequestDocument: Codable, Sendable {
    associatedtype CodingKeys: CodingKey, CaseIterable
}

/// A request that is not what the API expects: status 400.
package struct MalformedRequest: Error, Sendable, Equatable {
    /// What is wrong and what is expected. Never quotes a value.
    package var detail: String
    /// The member, or the query parameter, that is wrong.
    package var field: String?

    package init(_ detail: String, field: String? = nil) {
        self.detail = detail
        self.field = field
    }
}

extension RequestDocument {
    /// Reads a body strictly: a member that is unknown, missing or of another type is named.
    package static func read(_ data: Data) throws(MalformedRequest) -> Self {
        guard String(validating: data, as: UTF8.self) != nil else {
            throw MalformedRequest("The body is not valid UTF-8 (RFC 8259, 8.1).")
        }
        do {
            return try JSONDecoder().decode(Strict<Self>.self, from: data).value
        } catch let error as MalformedRequest {
            throw error
        } catch let error as DecodingError {
            throw MalformedRequest(error)
        } catch {
            throw MalformedRequest("The body is not valid JSON.")
        }
    }
}

extension RequestDocument {
    /// - Throws: ``MalformedRequest`` that names a member which is not one of ours.
    static func refuseUnknown(in decoder: any Decoder) throws {
        let known = Set(CodingKeys.allCases.map(\.stringValue))
        let given = try decoder.container(keyedBy: AnyMember.self).allKeys.map(\.stringValue)
        guard let unknown = given.filter({ !known.contains($0) }).min() else { return }
        throw MalformedRequest(
            "The member “\(unknown.prefix(AnyMember.shownLength))” is not known here. "
                + "Known are: \(known.sorted().joined(separator: ", ")).",
            field: String(unknown.prefix(AnyMember.shownLength))
        )
    }
}

/// Looks at the members before the value is decoded.
private struct Strict<Value: RequestDocument>: Decodable {
    var value: Value

    init(from decoder: any Decoder) throws {
        try Value.refuseUnknown(in: decoder)
        value = try Value(from: decoder)
    }
}

private struct AnyMember: CodingKey {
    /// How much of a caller's own member name an answer repeats.
    static let shownLength = 64
    var stringValue: String
    var intValue: Int? { nil }
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
}

extension MalformedRequest {
    fileprivate init(_ error: DecodingError) {
        switch error {
        case .keyNotFound(let key, _):
            self.init("The member “\(key.stringValue)” is missing.", field: key.stringValue)
        case .typeMismatch(let type, let context), .valueNotFound(let type, let context):
            self = Self.mismatch(type, path: context.codingPath)
        case .dataCorrupted(let context) where !context.codingPath.isEmpty:
            let field = Self.name(context.codingPath)
            self.init("The member “\(field)” has a value that is not possible there.", field: field)
        default:
            self.init("The body is not valid JSON.")
        }
    }

    private static func mismatch(_ type: any Any.Type, path: [any CodingKey]) -> MalformedRequest {
        if path.isEmpty { return MalformedRequest("The body must be a JSON object.") }
        let field = name(path)
        return MalformedRequest("The member “\(field)” must be \(expected(type)).", field: field)
    }

    private static func name(_ path: [any CodingKey]) -> String {
        path.map(\.stringValue).joined(separator: ".")
    }

    private static func expected(_ type: any Any.Type) -> String {
        switch type {
        case is String.Type: "a string"
        case is Bool.Type: "true or false"
        case is Int.Type: "a whole number"
        default: "of another type"
        }
    }
}
