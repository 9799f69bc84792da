package import Foundation

/// The seed of an authenticator app, and the last step whose code was accepted.
package struct AuthenticatorSecret: Sendable, Equatable, Codable {
    package var seed: Data
    /// Codes of this step and of those before it are spent (RFC 6238, 5.2).
    package var lastStep: Int64?

    package init(seed: Data, lastStep: Int64? = nil) {
        self.seed = seed
        self.lastStep = lastStep
    }

    /// Looks at a code, and spends its step if it is right.
    /// - Returns: whether it is right and of a step that was not accepted before.
    package mutating func accept(_ code: String, at now: Date) -> Bool {
        guard let step = TOTP(seed: seed).step(of: code, at: now), step > (lastStep ?? .min) else { return false }
        lastStep = step
        return true
    }
}
