import DaemonConfiguration
import DirectoryServers
import LDAPClient
import SelfService

extension DirectorySettings {
    /// - Throws: ``StartError`` when the bind password cannot be read.
    init(_ settings: Settings, environment: [String: String]) throws {
        let credentials: BindCredentials
        switch settings.directory.bind {
        case .external: credentials = .external()
        case .scramSHA256(let user, let password):
            let secret = try password.resolved("directory.bind.password", environment)
            credentials = .scramSHA256(user: user, password: secret)
        case .gssapi(let keytab):
            if let keytab { KerberosEnvironment.use(keytab: keytab) }
            credentials = .gssapi
        case .simple(let dn, let password):
            credentials = .simple(dn: dn, password: try password.resolved("directory.bind.password", environment))
        }
        self.init(
            servers: settings.directory.servers,
            tls: settings.directory.tls,
            failover: settings.directory.failover,
            credentials: credentials,
            users: settings.users,
            roles: settings.roles,
            // slapd hashes what RFC 3062 brings, and under ppolicy_hash_cleartext only what a modify brings.
            passwordWrite: settings.directory.passwordWrite,
            product: settings.directory.product,
            follow: settings.sync.follow
        )
        followWriteReferrals = settings.directory.followWriteReferrals
        trusted = settings.trustedAttributes
    }
}

extension Settings {
    /// The attributes of all kinds that a policy trusts.
    fileprivate var trustedAttributes: [AttributeName] {
        let kinds = Set(policies.flatMap(\.trustDirectory))
        let all: [(MethodKind, AttributeName)] = [
            (.email, users.email), (.mobilePhone, users.mobilePhone), (.officePhone, users.officePhone),
        ]
        return all.filter { kinds.contains($0.0) }.map(\.1)
    }
}

extension SecretReference {
    func resolved(_ path: String, _ environment: [String: String]) throws(StartError) -> [UInt8] {
        do {
            return try resolve(environment: environment)
        } catch {
            throw .configuration("\(path): \(error)")
        }
    }
}
