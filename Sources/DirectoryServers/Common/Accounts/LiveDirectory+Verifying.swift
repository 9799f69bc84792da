import Foundation
package import Identity
import LDAPClient
package import SelfService

// MARK: Binding as a person

extension LiveDirectory {
    package func verify(
        _ password: Password,
        of user: User?
    ) async throws(DirectoryFailure) -> PasswordVerdict {
        let dn: DistinguishedName
        do throws(LDAPError) {
            // Somebody who does not exist costs a bind too.
            dn =
                try user.map { user throws(LDAPError) in try DistinguishedName(user.dn) }
                ?? settings.users.base.appending(settings.users.login, "latchkey-\(UUID().uuidString)")
        } catch {
            throw DirectoryFailure(error, wasAsked: false)
        }
        var wasAsked = false
        let credentials = BindCredentials.simple(dn: dn, password: Array(password.text.utf8))
        do throws(LDAPError) {
            let policy = try await people.run { connection throws(LDAPError) in
                // One that broke while it lay in the pool sends nothing.
                if await connection.isOpen { wasAsked = true }
                return try await connection.bind(credentials)
            }
            return policy?.error == .changeAfterReset ? .mustChange : .right
        } catch {
            return try Self.verdict(error, wasAsked: wasAsked)
        }
    }

    private static func verdict(_ error: LDAPError, wasAsked: Bool) throws(DirectoryFailure) -> PasswordVerdict {
        switch error.code {
        // The password was right if the server says that it has expired: it says so after comparing.
        case .invalidCredentials:
            error.passwordPolicy?.error == .passwordExpired || ActiveDirectoryRefusal.saysExpired(error.diagnostic)
                ? .mustChange : .refused
        case .noSuchObject, .insufficientAccess, .unwillingToPerform, .invalidDNSyntax, .constraintViolation:
            .refused
        default: throw DirectoryFailure(error, wasAsked: wasAsked)
        }
    }
}
