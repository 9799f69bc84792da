package import Foundation

/// How links that go out by mail are built: from the configuration alone, never from anything that a caller says.
package struct LinkRules: Sendable, Equatable {
    /// The page, without a fragment.
    package var baseURL: String
    /// Seconds that a reset link lives.
    package var lifetime: TimeInterval
    /// Seconds that a link in a notice lives.
    package var repudiationLifetime: TimeInterval

    package static let lifetimeDefault: TimeInterval = 3600
    /// Long enough for whoever comes back from a holiday.
    package static let repudiationLifetimeDefault: TimeInterval = 30 * 86400

    package init(
        baseURL: String,
        lifetime: TimeInterval = lifetimeDefault,
        repudiationLifetime: TimeInterval = repudiationLifetimeDefault
    ) {
        self.baseURL = baseURL
        self.lifetime = lifetime
        self.repudiationLifetime = repudiationLifetime
    }

    /// What a link is for. The raw values stand in the fragment, which no web server gets to see, and in the vault.
    package enum Use: String, Sendable {
        case reset = "token"
        /// "This was not me."
        case repudiation = "notme"
    }

    package func url(_ use: Use, token: String) -> String { "\(baseURL)#\(use.rawValue)=\(token)" }
}
