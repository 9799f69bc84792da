import LDAPClient
import SelfService

/// Decodes why OpenLDAP or 389 Directory Server refused to write a password: the policy control where there is one,
/// else the result code and its words (slapo-ppolicy(5); draft-behera-ldap-password-policy-10, 6.2).
enum PasswordPolicyRefusal {
    /// Nil when the error is no refusal: the server did not answer, or not about this write.
    static func reason(_ error: LDAPError) -> RefusalReason? {
        if let policy = error.passwordPolicy?.error, let reason = reason(policy) { return reason }
        switch error.code {
        case .constraintViolation: return reason(words: error.diagnostic)
        case .invalidSyntax: return .passwordInvalid
        case .noSuchObject: return .accountGone
        case .insufficientAccess: return .insufficientRights
        case .unwillingToPerform: return .changeNotAllowed
        case let code where code.rawValue > 0 && code != .busy && code != .unavailable: return .other
        default: return nil
        }
    }

    private static func reason(_ policy: PasswordPolicyError) -> RefusalReason? {
        switch policy {
        case .passwordModNotAllowed: .changeNotAllowed
        case .mustSupplyOldPassword: .oldPasswordRequired
        case .insufficientPasswordQuality: .passwordTooSimple
        case .passwordTooShort: .passwordTooShort
        case .passwordTooLong: .passwordTooLong
        case .passwordTooYoung: .passwordTooYoung
        case .passwordInHistory: .passwordInHistory
        case .accountLocked: .administratorLock
        default: nil
        }
    }

    /// For servers that send no control.
    private static func reason(words: String) -> RefusalReason {
        let words = words.lowercased()
        if words.contains("history") { return .passwordInHistory }
        if words.contains("quality") { return .passwordTooSimple }
        if words.contains("too short") { return .passwordTooShort }
        if words.contains("too young") || words.contains("within password minimum age") { return .passwordTooYoung }
        return .constraintViolation
    }
}
