import Foundation
import LDAPClient
package import SelfService

/// The password policies that can be read: `pwdPolicy` entries (slapo-ppolicy(5)).
///
/// Which one is the default stands in the server's configuration, which a service account does not see. So
/// a person's own `pwdPolicySubentry` counts, or the only one there is; else the strictest of all.
struct OpenLDAPPolicy: Sendable, Equatable {
    var dn: DistinguishedName
    var maxFailure: Int
    var lockout: Bool
    var lockoutDuration: Int
    var minimumLength: Int
    var history: Int

    static let attributes: [AttributeName] = [
        "pwdMaxFailure", "pwdLockout", "pwdLockoutDuration", "pwdMinLength", "pwdInHistory",
    ]

    init?(_ entry: SearchEntry) {
        guard let dn = try? DistinguishedName(entry.dn) else { return nil }
        self.dn = dn
        func number(_ name: AttributeName) -> Int { entry.string(name).flatMap(Int.init) ?? 0 }
        maxFailure = number("pwdMaxFailure")
        lockout = entry.string("pwdLockout") == "TRUE"
        lockoutDuration = number("pwdLockoutDuration")
        minimumLength = number("pwdMinLength")
        history = number("pwdInHistory")
    }
}

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
        let contexts = try await connection.rootDSE().namingContexts
        var policies: [OpenLDAPPolicy] = []
        for context in contexts {
            guard let base = try? DistinguishedName(context),
                settings.users.base == base || settings.users.base.isDescendant(of: base)
            else {
                continue
            }
            let request = SearchRequest(
                base: base,
                filter: .equal("objectClass", "pwdPolicy"),
                attributes: OpenLDAPPolicy.attributes
            )
            policies += try await connection.search(request).compactMap(OpenLDAPPolicy.init)
        }
        return policies
    }

    /// Seconds after which this account's lock opens by itself, or 0 where that is not known: then it counts
    /// as locked, and an unlock does no harm. Read only for accounts that have a lock.
    func lockoutDuration(_ entry: SearchEntry, on connection: LDAPConnection) async throws(LDAPError) -> Int {
        guard entry.has(OpenLDAPAttributes.lockedTime) else { return 0 }
        let policies = try await policies(on: connection)
        if let own = entry.string(OpenLDAPAttributes.policy).flatMap({ try? DistinguishedName($0) }) {
            return policies.first { $0.dn == own }?.lockoutDuration ?? 0
        }
        return policies.count == 1 ? policies[0].lockoutDuration : 0
    }
}
