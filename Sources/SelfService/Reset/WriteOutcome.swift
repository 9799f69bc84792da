/// What became of a write to the directory.
package struct WriteOutcome: Sendable, Equatable {
    package enum Result: String, Sendable, Codable, CaseIterable {
        /// The server said success and the read-back agrees.
        case applied
        /// Nothing was changed; `reason` says why.
        case refused
        /// The server's answer did not arrive or the read-back disagrees. It is resolved later.
        case unknown
    }

    package var result: Result
    package var reason: RefusalReason?
    /// Whether the account stands unlocked after this, as read back.
    package var unlocked: Bool
    /// Rules that the server did not enforce on this write.
    package var notEnforced: [String]
    /// The server that took, or refused, the write.
    package var server: String
    /// Servers of the directory on which the account is still locked, as far as they were reached.
    package var lockedOn: [String] = []
    /// Whether the directory wants another password at the next sign-in.
    package var mustChange = false
    /// The account as it was read back after a password was written.
    package var after: AccountMarker?
    /// What became of it in the linked directories, in the order of the configuration. The result above is that of the
    /// mirrored one alone.
    package var linked: [LinkedOutcome] = []

    package init(
        _ result: Result,
        reason: RefusalReason? = nil,
        unlocked: Bool = false,
        notEnforced: [String] = [],
        server: String
    ) {
        self.result = result
        self.reason = reason
        self.unlocked = unlocked
        self.notEnforced = notEnforced
        self.server = server
    }
}

/// What became of a write to a linked directory.
package struct LinkedOutcome: Sendable, Equatable {
    package var name: String
    package var outcome: WriteOutcome

    package init(name: String, _ outcome: WriteOutcome) {
        self.name = name
        self.outcome = outcome
    }
}

/// One stable reason for each way in which a directory refuses (draft-behera-ldap-password-policy, 6.2, and
/// the account states). The raw values are part of the API.
package enum RefusalReason: String, Sendable, Codable, CaseIterable {
    case passwordTooShort = "password-too-short"
    case passwordTooLong = "password-too-long"
    case passwordTooSimple = "password-too-simple"
    case passwordInHistory = "password-in-history"
    case passwordTooYoung = "password-too-young"
    case passwordBlocked = "password-blocked"
    case passwordInvalid = "password-invalid"
    case oldPasswordRequired = "old-password-required"
    case changeNotAllowed = "change-not-allowed"
    case administratorLock = "administrator-lock"
    case accountDisabled = "account-disabled"
    case accountNotYetValid = "account-not-yet-valid"
    case accountExpired = "account-expired"
    case accountIdle = "account-idle"
    case accountProtected = "account-protected"
    case accountGone = "account-gone"
    /// A linked directory has none for the login, or several.
    case accountNotFound = "account-not-found"
    case accountAmbiguous = "account-ambiguous"
    /// A linked directory was not reached, and nothing was sent to it.
    case directoryUnavailable = "directory-unavailable"
    /// The directory before this one did not take the change, or the daemon ended in between.
    case notAttempted = "not-attempted"
    case insufficientRights = "insufficient-rights"
    case constraintViolation = "constraint-violation"
    case other

    /// Whether another password could succeed.
    package var concernsPassword: Bool {
        switch self {
        case .passwordTooShort, .passwordTooLong, .passwordTooSimple, .passwordInHistory, .passwordTooYoung,
            .passwordBlocked, .passwordInvalid, .constraintViolation:
            true
        default: false
        }
    }

    /// A sentence for the person.
    package var text: String {
        switch self {
        case .passwordTooShort: "The password is too short."
        case .passwordTooLong: "The password is too long."
        case .passwordTooSimple: "The directory finds the password too simple."
        case .passwordInHistory: "The password was used before. Choose one that is new."
        case .passwordTooYoung: "The password was changed too recently to be changed again."
        case .passwordBlocked: "The password is on a list of passwords that are easy to guess."
        case .passwordInvalid: "The password contains something that the directory cannot take."
        case .oldPasswordRequired: "The directory changes this password only together with the old one."
        case .changeNotAllowed: "The directory does not allow this password to be changed."
        case .administratorLock: "An administrator has locked this account. Please call the helpdesk."
        case .accountDisabled: "This account is disabled. Please call the helpdesk."
        case .accountNotYetValid: "This account may not be used yet. Please call the helpdesk."
        case .accountExpired: "This account has expired. Please call the helpdesk."
        case .accountIdle: "This account is closed because it was not used for long. Please call the helpdesk."
        case .accountProtected: "This account is never reset here. Please call the helpdesk."
        case .accountGone: "This account does not exist any more."
        case .accountNotFound: "There is no account for this login."
        case .accountAmbiguous: "There are several accounts for this login, and nobody can say which is meant."
        case .directoryUnavailable: "The directory did not answer, and nothing was changed there."
        case .notAttempted: "Nothing was written to this directory."
        case .insufficientRights: "Latchkey may not write this account. An administrator must grant it the right."
        case .constraintViolation: "The directory refused the password."
        case .other: "The directory refused the change."
        }
    }
}
