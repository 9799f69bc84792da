/// A problem document (RFC 9457), `application/problem+json`.
package struct Problem: Codable, Sendable, Equatable {
    package static let contentType = "application/problem+json"
    /// Every `type` is this and a code. It names, and is not meant to be opened.
    package static let base = "https://latchkey.invalid/problems/"

    package var type: String
    package var title: String
    package var status: Int
    /// A sentence that a person can read.
    package var detail: String
    /// The member or query parameter that is wrong.
    package var field: String?
    /// The capability that the peer lacks.
    package var capability: String?
    /// Seconds.
    package var retryAfter: Int?
    package var rules: [RuleDocument]?

    // The members of an outcome, where a write was refused.
    package var outcome: String?
    package var reason: String?
    package var unlocked: Bool?
    package var notEnforced: [String]?
    package var directories: [DirectoryOutcomeDocument]?

    package init(_ problem: ProblemType, detail: String, field: String? = nil) {
        type = problem.uri
        title = problem.title
        status = problem.status
        self.detail = detail
        self.field = field
    }

    /// The last part of `type`.
    package var code: String {
        type.split(separator: "/").last.map(String.init) ?? type
    }
}
