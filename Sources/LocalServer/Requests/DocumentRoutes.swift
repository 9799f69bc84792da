import Foundation
import Hummingbird
import LocalAPI

/// The socket's own OpenAPI document, for whoever may call anything. It is encoded when somebody asks for the first
/// time: no start waits for it, and a daemon that nobody asks holds none.
struct DocumentRoutes: Sendable {
    /// The same bytes each time.
    let document: @Sendable () throws -> Data
    let paths: [String]

    static let frontend = DocumentRoutes(document: { try frontendBytes.get() }, paths: [Routes.openAPI])
    static let administration = DocumentRoutes(
        document: { try adminBytes.get() },
        paths: [Routes.openAPI, Routes.Admin.openAPI]
    )

    private static let frontendBytes = Result { try OpenAPIDocument.frontend.encoded() }
    private static let adminBytes = Result { try OpenAPIDocument.administration.encoded() }

    func add(to routes: inout RouteList) {
        let document = document
        for path in paths { routes.on(.get, path) { _, _ in .json(encoded: try document()) } }
    }
}
