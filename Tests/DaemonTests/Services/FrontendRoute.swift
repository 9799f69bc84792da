import Foundation
import LatchkeyTesting

/// A route that the front-end socket serves, as the sources have it: so that none is forgotten where all are meant.
struct FrontendRoute: Sendable, Equatable {
    var method: String
    /// `{name}` is one segment.
    var template: String

    static var all: [FrontendRoute] {
        get throws {
            let sources = LatchkeyTesting.ExampleService.repository.appending(path: "Sources")
            let paths = Dictionary(
                try text(sources.appending(path: "LocalAPI/Routes.swift"))
                    .components(separatedBy: "package enum Admin")[0]
                    .matches(of: /static let (\w+) = "(\/v1[^"]+)"/).map { (String($0.1), String($0.2)) }
            ) { first, _ in first }
            let folder = sources.appending(path: "LocalServer/Frontend")
            let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
            let routes = try files.flatMap { file in
                try text(file).matches(of: /routes\.on\(\.(\w+), Routes\.Frontend\.(\w+)/).map { match in
                    FrontendRoute(method: match.1.uppercased(), template: paths[String(match.2)] ?? "?\(match.2)")
                }
            }
            guard routes.count >= 20 else { throw TestError("only \(routes.count) routes were found") }
            return routes
        }
    }

    /// Whether an attempt was at this route.
    func isMeant(by attempt: Attempt) -> Bool {
        let parts = (template.split(separator: "/"), attempt.path.split(separator: "/"))
        return attempt.method == method && parts.0.count == parts.1.count
            && zip(parts.0, parts.1).allSatisfy { $0.0.hasPrefix("{") || $0.0 == $0.1 }
    }

    private static func text(_ file: URL) throws -> String { try String(contentsOf: file, encoding: .utf8) }
}
