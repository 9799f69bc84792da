package import Foundation

/// A sign-in. The token is shown once.
package struct SignInDocument: Codable, Sendable, Equatable {
    package var token: String
    package var expiresAt: Date
    package var user: UserDocument
    package var registration: RegistrationDocument

    package init(token: String, expiresAt: Date, user: UserDocument, registration: RegistrationDocument) {
        self.token = token
        self.expiresAt = expiresAt
        self.user = user
        self.registration = registration
    }
}
