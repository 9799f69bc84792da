/// Why a secret cannot be had. Never holds any of it.
package struct SecretError: Error, Sendable, Equatable, CustomStringConvertible {
    package enum Code: Sendable, Equatable {
        /// The reference is not one.
        case malformed
        /// There is no `$CREDENTIALS_DIRECTORY`: the process does not run in its unit.
        case noCredentials
        /// The file is missing, unreadable, of a wrong kind, or open to others.
        case unusable
        /// The content is not of the form that is needed.
        case invalidContent
    }

    package var code: Code
    /// What is wrong and what to do.
    package var reason: String

    package init(_ code: Code, _ reason: String) {
        self.code = code
        self.reason = reason
    }

    package var description: String { reason }
}
