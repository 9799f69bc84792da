import Audit
import Foundation
import SelfService

/// What somebody typed, and under which rules it is looked at.
struct Answer: Sendable {
    var code: String
    var challengeID: String
    var session: Session
    var limits: Limits
    /// Seconds.
    var freshFor: TimeInterval
    var actor: AuditActor
}
