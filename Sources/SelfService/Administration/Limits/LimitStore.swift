package import Audit
package import Foundation
package import Identity

/// What is counted against a person now.
package struct CountedLimit: Sendable, Equatable {
    /// The raw values are part of the API.
    package enum What: String, Sendable, Codable, CaseIterable {
        case signIns = "sign-ins"
        case wrongAnswers = "wrong-answers"
        case passes = "access-passes"
        case messages = "messages"
    }

    package var what: What
    /// The method of wrong answers.
    package var methodID: String?
    package var count: Int
    package var limit: Int
    /// When the next may be tried, where the limit is reached.
    package var until: Date?

    package init(_ what: What, methodID: String? = nil, count: Int, limit: Int, until: Date? = nil) {
        self.what = what
        self.methodID = methodID
        self.count = count
        self.limit = limit
        self.until = until
    }
}

/// The port to the counters of one person.
package protocol LimitStore: Sendable {
    /// Those of which something was counted.
    func countedLimits(of person: EntryID, limits: Limits) async throws -> [CountedLimit]
    /// Forgets failed attempts of every kind. What was sent stays counted: it was paid for, and it reached somebody.
    /// - Returns: whether there were any.
    func clearFailures(of person: EntryID, details: [String: String], by actor: AuditActor) async throws -> Bool
}
