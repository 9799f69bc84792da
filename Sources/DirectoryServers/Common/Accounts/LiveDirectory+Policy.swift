import Identity
import LDAPClient
package import SelfService

extension LiveDirectory {
    package func lockoutThreshold() async throws(DirectoryFailure) -> Int? {
        try await ask { dialect, connection throws(LDAPError) in
            try await dialect.lockoutThreshold(on: connection)
        }
    }

    package func passwordRules(
        for account: LiveAccount
    ) async throws(DirectoryFailure) -> DirectoryPasswordRules {
        try await ask { dialect, connection throws(LDAPError) in
            let dn = try DistinguishedName(account.user.dn)
            guard let entry = try await connection.entry(dn, attributes: dialect.attributes) else {
                return DirectoryPasswordRules()
            }
            return try await dialect.policy(of: entry, on: connection)
        }
    }

    private func ask<Value: Sendable>(
        _ question: (any AccountDialect, LDAPConnection) async throws(LDAPError) -> Value
    ) async throws(DirectoryFailure) -> Value {
        do throws(LDAPError) {
            return try await service.run { connection throws(LDAPError) in
                try await question(dialects.of(connection), connection)
            }
        } catch {
            throw DirectoryFailure(error)
        }
    }
}
