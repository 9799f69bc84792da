import LDAPClient

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

/// All of them, as of one reading.
struct OpenLDAPPolicies: Sendable {
    let all: [OpenLDAPPolicy]

    static func read(
        _ settings: DirectorySettings,
        on connection: LDAPConnection
    ) async throws(LDAPError) -> OpenLDAPPolicies {
        var policies: [OpenLDAPPolicy] = []
        for context in try await connection.rootDSE().namingContexts {
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
        return OpenLDAPPolicies(all: policies)
    }

    /// Seconds after which this account's lock opens by itself, or 0 where that is not known: then it counts
    /// as locked, and an unlock does no harm.
    func lockoutDuration(of entry: SearchEntry) -> Int {
        if let own = entry.string(OpenLDAPAttributes.policy).flatMap({ try? DistinguishedName($0) }) {
            return all.first { $0.dn == own }?.lockoutDuration ?? 0
        }
        return all.count == 1 ? all[0].lockoutDuration : 0
    }
}
