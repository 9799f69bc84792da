import LDAPClient
import SelfService

/// Decodes why 389 Directory Server refused to write a password. Its control is coarser than its words: quality for
/// what is too short, and a forbidding policy for a right that is missing.
enum DirectoryServer389Refusal {
    /// Nil when the error is no refusal: the server did not answer, or not about this write.
    static func reason(_ error: LDAPError) -> RefusalReason? {
        if error.code == .insufficientAccess { return .insufficientRights }
        if error.code == .constraintViolation, isLength(error.diagnostic) { return .passwordTooShort }
        return PasswordPolicyRefusal.reason(error)
    }

    private static func isLength(_ words: String) -> Bool {
        words.contains("password must be at least") && words.contains("characters long")
    }
}
