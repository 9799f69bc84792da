import Foundation
import LocalClient
import Testing

/// A document as plain JSON, so that a test compares what is on the wire and not what a type makes of it.
// Holds only values that JSONSerialization made, which nobody changes: safe to share.
struct Shape: @unchecked Sendable {
    let object: [String: Any]

    init(_ response: LocalResponse) throws {
        object = try #require(JSONSerialization.jsonObject(with: response.body) as? [String: Any])
    }

    private init(_ object: [String: Any]) { self.object = object }

    /// The names of the members, in alphabetical order.
    var members: String { object.keys.sorted().joined(separator: " ") }

    subscript(name: String) -> String? {
        switch object[name] {
        case let text as String: text
        case is NSNull: "null"
        case let number as NSNumber: number.stringValue
        default: nil
        }
    }

    func inner(_ name: String) throws -> Shape {
        try Shape(#require(object[name] as? [String: Any], "no object \(name)"))
    }

    func first(_ name: String) throws -> Shape {
        try Shape(#require((object[name] as? [[String: Any]])?.first, "no first of \(name)"))
    }

    func strings(_ name: String) throws -> [String] { try #require(object[name] as? [String]) }
}

/// Expects a problem document with this status and type.
func expectProblem(
    _ response: LocalResponse,
    _ status: Int,
    _ code: String,
    field: String? = nil,
    sourceLocation: SourceLocation = #_sourceLocation
) throws {
    #expect(response.status == status, sourceLocation: sourceLocation)
    #expect(response.headers["content-type"] == "application/problem+json", sourceLocation: sourceLocation)
    #expect(response.headers["cache-control"] == "no-store", sourceLocation: sourceLocation)
    let shape = try Shape(response)
    #expect(shape["type"] == "https://latchkey.invalid/problems/\(code)", sourceLocation: sourceLocation)
    #expect(shape["status"] == String(status), sourceLocation: sourceLocation)
    #expect(shape["title"]?.isEmpty == false, sourceLocation: sourceLocation)
    #expect(shape["detail"]?.isEmpty == false, sourceLocation: sourceLocation)
    #expect(shape["field"] == field, sourceLocation: sourceLocation)
}

extension LocalConnection {
    func send(
        _ method: String,
        _ path: String,
        token: String? = nil,
        headers: [(String, String)] = [],
        json: String
    ) async throws -> LocalResponse {
        try await send(method, path, token: token, headers: headers, body: Data(json.utf8))
    }
}
