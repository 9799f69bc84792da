package import Foundation

/// A question put to a person.
package struct ChallengeDocument: Codable, Sendable, Equatable {
    package var id: String
    package var kind: String
    /// How it travelled, where there is more than one way.
    package var via: String?
    package var expiresAt: Date
    /// `pending`, `passed`, `failed`, `denied` or `expired`.
    package var state: String
    /// What is asked, in order.
    package var questions: [QuestionDocument]?
    /// What the page shows and the person keys on the phone or types on the device.
    package var number: String?

    package init(id: String, kind: String, via: String?, expiresAt: Date, state: String) {
        self.id = id
        self.kind = kind
        self.via = via
        self.expiresAt = expiresAt
        self.state = state
    }
}
