import Foundation
import LocalAPI
import LocalClient

/// One connection to the daemon, and where the answers go.
struct AdminSession {
    let client: LocalConnection
    let console: Console
    let json: Bool

    /// Asks, and shows the answer: unchanged, or as `text` says it.
    func show<Document: Decodable>(
        _ type: Document.Type,
        _ path: String,
        method: String = "GET",
        body: Data? = nil,
        as text: (Document) -> String
    ) async throws -> Document {
        let (document, bytes) = try await ask(type, path, method: method, body: body)
        if json { print(bytes) } else { console.line(text(document)) }
        return document
    }

    /// - Returns: the document, and its bytes as they came.
    func ask<Document: Decodable>(
        _ type: Document.Type,
        _ path: String,
        method: String = "GET",
        body: Data? = nil
    ) async throws -> (Document, Data) {
        let response = try await client.send(method, path, body: body)
        return (try client.read(type, response), response.body)
    }

    func print(_ document: Data) { console.line(String(decoding: document, as: UTF8.self)) }
}
