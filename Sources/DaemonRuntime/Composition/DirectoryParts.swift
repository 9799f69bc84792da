import DaemonConfiguration
import DirectoryServers
import LDAPClient
import SelfService

extension DirectorySettings {
    /// - Throws: ``StartError`` when the bind password cannot be read.
    init(_ settings: Settings, environment: [String: String]) throws {
        self.init(
            settings.directory,
            users: settings.users,
            credentials: try settings.directory.bind.credentials("directory", environment)
        )
        roles = settings.roles
        follow = settings.sync.follow
        trusted = settings.trustedAttributes
    }

    /// Those that are written after that one.
    /// - Throws: ``StartError`` when a bind password cannot be read.
    static func linked(_ settings: Settings, environment: [String: String]) throws -> [DirectorySettings] {
        try settings.linked.enumerated().map { index, linked in
            let path = "alsoWrite[\(index)].directory"
            let credentials = try linked.directory.bind.credentials(path, environment)
            var directory = DirectorySettings(linked.directory, users: linked.users, credentials: credentials)
            directory.match = linked.match
            return directory
        }
    }

    private init(_ directory: Settings.Directory, users: UserMapping, credentials: BindCredentials) {
        self.init(
            servers: directory.servers,
            tls: directory.tls,
            failover: directory.failover,
            credentials: credentials,
            users: users,
            // slapd hashes what RFC 3062 brings, and under ppolicy_hash_cleartext only what a modify brings.
            passwordWrite: directory.passwordWrite,
            product: directory.product
        )
        followWriteReferrals = directory.followWriteReferrals
    }
}

extension Settings.Bind {
    /// - Parameter path: of the directory in the configuration.
    fileprivate func credentials(_ path: String, _ environment: [String: String]) throws -> BindCredentials {
        switch self {
        case .external: return .external()
        case .scramSHA256(let user, let password):
            return .scramSHA256(user: user, password: try password.resolved("\(path).bind.password", environment))
        case .gssapi(let keytab):
            if let keytab { KerberosEnvironment.use(keytab: keytab) }
            return .gssapi
        case .simple(let dn, let password):
            return .simple(dn: dn, password: try password.resolved("\(path).bind.password", environment))
        }
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
