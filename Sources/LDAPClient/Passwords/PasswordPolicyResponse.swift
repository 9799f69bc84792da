/// What a server says about a password beside the result code (draft-behera-ldap-password-policy-10, 6.2).
package struct PasswordPolicyResponse: Sendable, Equatable {
    package var error: PasswordPolicyError?
    /// Until the password expires, in seconds.
    package var secondsBeforeExpiration: Int?
    /// How often the expired password still binds.
    package var graceLoginsRemaining: Int?

    package init(
        error: PasswordPolicyError? = nil,
        secondsBeforeExpiration: Int? = nil,
        graceLoginsRemaining: Int? = nil
    ) {
        self.error = error
        self.secondsBeforeExpiration = secondsBeforeExpiration
        self.graceLoginsRemaining = graceLoginsRemaining
    }

    static let oid = "1.3.6.1.4.1.42.2.27.8.5.1"

    init(value: [UInt8]) throws(BERError) {
        var outer = BERReader(value)
        var reader = outer.reader(within: try outer.next(BERTag.sequence))
        if let warning = try reader.nextIfPresent(BERTag.contextConstructed(0)) {
            var choice = reader.reader(within: warning)
            let element = try choice.next()
            let number = try choice.integer(element.content)
            switch element.tag {
            case BERTag.context(0): secondsBeforeExpiration = number
            case BERTag.context(1): graceLoginsRemaining = number
            default: throw BERError()
            }
        }
        if let error = try reader.nextIfPresent(BERTag.context(1)) {
            self.error = PasswordPolicyError(rawValue: try reader.integer(error))
        }
    }
}

/// The error of a password policy control.
package struct PasswordPolicyError: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
    package let rawValue: Int
    package init(rawValue: Int) { self.rawValue = rawValue }

    package static let passwordExpired = PasswordPolicyError(rawValue: 0)
    package static let accountLocked = PasswordPolicyError(rawValue: 1)
    package static let changeAfterReset = PasswordPolicyError(rawValue: 2)
    package static let passwordModNotAllowed = PasswordPolicyError(rawValue: 3)
    package static let mustSupplyOldPassword = PasswordPolicyError(rawValue: 4)
    package static let insufficientPasswordQuality = PasswordPolicyError(rawValue: 5)
    package static let passwordTooShort = PasswordPolicyError(rawValue: 6)
    package static let passwordTooYoung = PasswordPolicyError(rawValue: 7)
    package static let passwordInHistory = PasswordPolicyError(rawValue: 8)
    package static let passwordTooLong = PasswordPolicyError(rawValue: 9)

    package var description: String {
        let names = [
            "passwordExpired", "accountLocked", "changeAfterReset", "passwordModNotAllowed",
            "mustSupplyOldPassword", "insufficientPasswordQuality", "passwordTooShort", "passwordTooYoung",
            "passwordInHistory", "passwordTooLong",
        ]
        return names.indices.contains(rawValue) ? names[rawValue] : "error \(rawValue)"
    }
}
