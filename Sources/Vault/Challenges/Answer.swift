import Audit
import Foundation
import SelfService

/// What somebody typed, and under which rules it is looked at.
struct Answer: Sendable {
    var code: String
    var challengeID: String
    var terms: AnswerTerms
    var actor: AuditActor

    var limits: Limits { terms.limits }
}
