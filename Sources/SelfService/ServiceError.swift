/// Why a service did not do what was asked. The local server turns it into an RFC 9457 problem.
package struct ServiceError: Error, Sendable, Equatable {
    /// A closed set, each with a status and a stable problem type in the local API.
    package struct Code: Sendable, Hashable, CustomStringConvertible {
        private enum Value: String, CaseIterable {
            case invalidValue = "invalid-value"
            case notPermitted = "not-permitted"
            case freshProofRequired = "fresh-proof-required"
            case passwordMustChange = "password-must-change"
            case signInRefused = "sign-in-refused"
            case invalidToken = "invalid-token"
            case notFound = "not-found"
            case wrongCode = "wrong-code"
            case challengeClosed = "challenge-closed"
            case wrongState = "wrong-state"
            case gatesOpen = "gates-open"
            case conflict
            case tooManyAttempts = "too-many-attempts"
            case passwordRefused = "password-refused"
            case writeRefused = "write-refused"
            case directoryUnavailable = "directory-unavailable"
            case vaultUnavailable = "vault-unavailable"
        }
        private let value: Value

        /// A value is not acceptable; `field` names it.
        package static let invalidValue = Code(value: .invalidValue)
        /// Peer, capability or policy does not allow it.
        package static let notPermitted = Code(value: .notPermitted)
        /// Needs a fresh proof by a method verified earlier.
        package static let freshProofRequired = Code(value: .freshProofRequired)
        /// The password is right but must be changed first; nothing else is possible with it.
        package static let passwordMustChange = Code(value: .passwordMustChange)
        /// Unknown, wrong, locked, disabled: one answer.
        package static let signInRefused = Code(value: .signInRefused)
        /// No token, a dead one, or one of another front end or purpose.
        package static let invalidToken = Code(value: .invalidToken)
        package static let notFound = Code(value: .notFound)
        package static let wrongCode = Code(value: .wrongCode)
        /// The challenge is spent, failed or expired.
        package static let challengeClosed = Code(value: .challengeClosed)
        /// The session is spent or has another purpose.
        package static let wrongState = Code(value: .wrongState)
        /// Proofs are still missing.
        package static let gatesOpen = Code(value: .gatesOpen)
        /// Something like it exists already, or a limit on how many is reached.
        package static let conflict = Code(value: .conflict)
        /// A limit; `retryAfter` says when to come back.
        package static let tooManyAttempts = Code(value: .tooManyAttempts)
        /// The new password was refused; `outcome` says why.
        package static let passwordRefused = Code(value: .passwordRefused)
        /// The write was refused for another reason than the password; `outcome` says why.
        package static let writeRefused = Code(value: .writeRefused)
        package static let directoryUnavailable = Code(value: .directoryUnavailable)
        package static let vaultUnavailable = Code(value: .vaultUnavailable)

        package var description: String { value.rawValue }
    }

    package var code: Code
    /// One sentence that a person can read and act on. No secrets, no other person's data.
    package var detail: String
    /// The member of the request that is wrong.
    package var field: String?
    /// Seconds until it may work.
    package var retryAfter: Int?
    package var outcome: WriteOutcome?
    /// The rules that a new password did not meet, where they are known.
    package var rules: [PasswordRuleResult]?

    package init(
        _ code: Code,
        _ detail: String,
        field: String? = nil,
        retryAfter: Int? = nil,
        outcome: WriteOutcome? = nil,
        rules: [PasswordRuleResult]? = nil
    ) {
        self.code = code
        self.detail = detail
        self.field = field
        self.retryAfter = retryAfter
        self.outcome = outcome
        self.rules = rules
    }
}
