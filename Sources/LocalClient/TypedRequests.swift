package import Foundation
package import LocalAPI

/// The daemon answered with a problem document.
package struct ProblemAnswer: Error, Sendable, Equatable {
    package var problem: Problem

    /// The document as it came.
    package var body: Data

    package init(problem: Problem, body: Data) {
        self.problem = problem
        self.body = body
    }
}

extension LocalConnection {
    /// - Throws: ``ProblemAnswer`` for a problem, ``LocalClientError`` for everything else.
    package func get<Document: Decodable>(_ type: Document.Type, _ path: String, token: String? = nil) async throws
        -> Document
    {
        try read(type, try await send("GET", path, token: token))
    }

    /// - Throws: as ``get(_:_:token:)``.
    package func call<Document: Decodable>(
        _ type: Document.Type,
        _ method: String,
        _ path: String,
        token: String? = nil,
        body: some Encodable
    ) async throws -> Document {
        try read(type, try await send(method, path, token: token, body: try APIJSON.encode(body)))
    }

    /// The document of a response whose status is a success.
    package func read<Document: Decodable>(_ type: Document.Type, _ response: LocalResponse) throws -> Document {
        do {
            guard (200..<300).contains(response.status) else {
                throw ProblemAnswer(problem: try APIJSON.decode(Problem.self, from: response.body), body: response.body)
            }
            return try APIJSON.decode(type, from: response.body)
        } catch is DecodingError {
            throw LocalClientError(
                .malformed,
                socketPath: socketPath,
                detail: "The answer (status \(response.status)) is not the expected document. Do the versions match?"
            )
        }
    }
}
