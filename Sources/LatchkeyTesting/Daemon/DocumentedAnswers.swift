import LocalAPI
import LocalClient

/// Holds what a real daemon answers on the front-end socket against its OpenAPI document: every story that a test
/// plays is a test of the document, too.
enum DocumentedAnswers {
    /// - Throws: ``TestError`` for a status, or a problem's type, that the operation does not list.
    static func check(_ response: LocalResponse, to method: String, _ path: String) throws {
        // Other paths and methods have no operation; that they are refused is for other tests.
        guard let operation = OpenAPIDocument.frontend.operation(method, path) else { return }
        let name = "\(method) \(operation.path)"
        guard operation.statuses.contains(response.status) else {
            throw TestError("\(name) answers \(response.status), of which the OpenAPI document knows nothing")
        }
        guard response.headers["content-type"] == Problem.contentType else { return }
        let problem = try APIJSON.decode(Problem.self, from: response.body)
        guard operation.allProblems.contains(where: { $0.uri == problem.type && $0.status == response.status }) else {
            throw TestError("\(name) answers \(problem.type), of which the OpenAPI document knows nothing")
        }
    }
}
