import LDAPClient
import SelfService

/// Decodes why a domain controller refused: the number of the system's error at the beginning of its words
/// (MS-ERREF, 2.2), and Samba's own words after it.
enum ActiveDirectoryRefusal {
    /// Nil when the error is no refusal: the server did not answer, or not about this write.
    static func reason(_ error: LDAPError) -> RefusalReason? {
        switch error.code {
        case .constraintViolation, .unwillingToPerform: password(error.diagnostic)
        case .insufficientAccess: .insufficientRights
        case .noSuchObject: .accountGone
        case .unavailableCriticalExtension: .other
        case let code where code.rawValue > 0 && code != .busy && code != .unavailable: .other
        default: nil
        }
    }

    /// ERROR_PASSWORD_RESTRICTION: Windows names no reason with it.
    private static let restriction = "0000052D"
    /// ERROR_ACCESS_DENIED.
    private static let denied = "00000005"

    private static func password(_ words: String) -> RefusalReason {
        guard words.hasPrefix(restriction) else { return words.hasPrefix(denied) ? .insufficientRights : .other }
        let words = words.lowercased()
        if words.contains("history") { return .passwordInHistory }
        if words.contains("complexity") { return .passwordTooSimple }
        if words.contains("too short") { return .passwordTooShort }
        if words.contains("too young") { return .passwordTooYoung }
        return .constraintViolation
    }

    /// Of a refused bind: ERROR_PASSWORD_EXPIRED or ERROR_PASSWORD_MUST_CHANGE, which are told after comparing.
    static func saysExpired(_ words: String) -> Bool { words.contains("data 532,") || words.contains("data 773,") }
}
