import LDAPClient
package import SelfService

extension OpenLDAPAccounts {
    package func lockoutThreshold() async throws(DirectoryFailure) -> Int? {
        try await withPolicies { policies in
            policies.filter { $0.lockout && $0.maxFailure > 0 }.map(\.maxFailure).min()
        }
    }

    package func passwordRules(
        for account: LiveAccount
    ) async throws(DirectoryFailure) -> DirectoryPasswordRules {
        try await withPolicies { policies in
            guard !policies.isEmpty else { return DirectoryPasswordRules(isComplete: false) }
            return DirectoryPasswordRules(
                minimumLength: policies.map(\.minimumLength).max(),
                history: policies.map(\.history).max(),
                // Quality checkers are modules of the server; what they want cannot be read.
                isComplete: false
            )
        }
    }

    private func withPolicies<Value: Sendable>(
        _ body: @Sendable ([OpenLDAPPolicy]) -> Value
    ) async throws(DirectoryFailure) -> Value {
        do throws(LDAPError) {
            return try await service.run { connection throws(LDAPError) in
                body(try await policies(on: connection))
            }
        } catch {
            throw DirectoryFailure(error)
        }
    }

    private func policies(on connection: LDAPConnection) async throws(LDAPError) -> [OpenLDAPPolicy] {
        try await OpenLDAPPolicies.read(settings, on: connection).all
    }

    /// Of this account's lock. Read only for accounts that have one.
    func lockoutDuration(_ entry: SearchEntry, on connection: LDAPConnection) async throws(LDAPError) -> Int {
        guard entry.has(OpenLDAPAttributes.lockedTime) else { return 0 }
        return try await OpenLDAPPolicies.read(settings, on: connection).lockoutDuration(of: entry)
    }
}
