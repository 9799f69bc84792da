import LDAPClient

/// A `pwdPolicy` entry (slapo-ppolicy(5)). Times are seconds.
struct OpenLDAPPolicy: Sendable, Equatable {
    var dn: DistinguishedName
    var maxFailure: Int
    var lockout: Bool
    var lockoutDuration: Int
    var idleLimit: Int
    var minimumLength: Int
    var history: Int
    var minimumAge: Int
    var checksQuality: Bool
    var isSafeModify: Bool

    static let attributes: [AttributeName] = [
        "pwdMaxFailure", "pwdLockout", "pwdLockoutDuration", "pwdMaxIdle", "pwdMinLength", "pwdInHistory",
        "pwdMinAge", "pwdCheckQuality", "pwdSafeModify",
    ]

    init?(_ entry: SearchEntry) {
        guard let dn = try? DistinguishedName(entry.dn) else { return nil }
        self.dn = dn
        func number(_ name: AttributeName) -> Int { entry.string(name).flatMap(Int.init) ?? 0 }
        maxFailure = number("pwdMaxFailure")
        lockout = entry.string("pwdLockout") == "TRUE"
        lockoutDuration = number("pwdLockoutDuration")
        idleLimit = number("pwdMaxIdle")
        minimumLength = number("pwdMinLength")
        history = number("pwdInHistory")
        minimumAge = number("pwdMinAge")
        checksQuality = number("pwdCheckQuality") > 0
        isSafeModify = entry.string("pwdSafeModify") == "TRUE"
    }
}

/// The password policies that can be read, all of them as of one reading.
///
/// Which one is the default stands in the server's configuration, which a service account does not see. So
/// a person's own `pwdPolicySubentry` counts, or the only one there is; else nothing is certain.
struct OpenLDAPPolicies: Sendable {
    let all: [OpenLDAPPolicy]

    static func read(
        _ settings: DirectorySettings,
        on connection: LDAPConnection
    ) async throws(LDAPError) -> OpenLDAPPolicies {
        try await read(around: settings.users.base, connection.rootDSE().namingContexts, on: connection)
    }

    static func read(
        around users: DistinguishedName,
        _ namingContexts: [String],
        on connection: LDAPConnection
    ) async throws(LDAPError) -> OpenLDAPPolicies {
        var policies: [OpenLDAPPolicy] = []
        for context in namingContexts {
            guard let base = try? DistinguishedName(context), users == base || users.isDescendant(of: base) else {
                continue
            }
            let request = SearchRequest(
                base: base,
                filter: .equal("objectClass", "pwdPolicy"),
                attributes: OpenLDAPPolicy.attributes
            )
            do throws(LDAPError) {
                policies += try await connection.search(request).compactMap(OpenLDAPPolicy.init)
            } catch {
                // What may not be seen is not known: that stops nobody.
                guard error.code == .noSuchObject || error.code == .insufficientAccess else { throw error }
            }
        }
        return OpenLDAPPolicies(all: policies)
    }

    /// Seconds after which this account's lock opens by itself, or 0 where that is not known: then it counts
    /// as locked, and an unlock does no harm.
    func lockoutDuration(of entry: SearchEntry) -> Int { certain(of: entry)?.lockoutDuration ?? 0 }

    /// The one that is in effect for an entry; nil where that is not known.
    func certain(of entry: SearchEntry) -> OpenLDAPPolicy? {
        if let own = entry.string(OpenLDAPAttributes.policy).flatMap({ try? DistinguishedName($0) }) {
            return all.first { $0.dn == own }
        }
        return all.count == 1 ? all[0] : nil
    }
}
