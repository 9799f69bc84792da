package import DirectoryServers
package import LDAPClient
package import SelfService

/// The whole configuration, checked: what cannot work is not representable any more, except for secrets,
/// which are references until the daemon resolves them.
package struct Settings: Sendable {
    package var directory: Directory
    package var users: UserMapping
    package var roles: RoleMapping?
    package var policies: [Policy]
    package var protectedRoles: [String]
    package var passwordRules: PasswordRules
    package var limits: Limits
    package var lifetimes: Lifetimes
    package var frontends: [Frontend]
    package var administrators: [Administrator]
    package var delivery: [Channel: Transport]
    package var sockets: Sockets
    /// The folder of `mirror.sqlite` and `vault.sqlite`.
    package var state: String
    package var vaultKey: SecretReference
    package var logLevel: String
    package var isDemo: Bool

    package struct Directory: Sendable {
        package var servers: [LDAPServer]
        package var tls: TLSOptions
        package var bind: Bind
        /// `nil` for `auto`.
        package var passwordWrite: DirectorySettings.PasswordWrite?

        package init(
            servers: [LDAPServer],
            tls: TLSOptions,
            bind: Bind,
            passwordWrite: DirectorySettings.PasswordWrite?
        ) {
            self.servers = servers
            self.tls = tls
            self.bind = bind
            self.passwordWrite = passwordWrite
        }
    }

    package enum Bind: Sendable {
        case simple(dn: DistinguishedName, password: SecretReference)
        case external
    }

    /// A reset front end, told by the effective uid of its process.
    package struct Frontend: Sendable, Equatable {
        package var name: String
        package var uid: UInt32
        /// `sign-in`, `register`, `reset`, `unlock`, `reset-link`, `disclose`, `app-approval`, `call-answer`.
        package var may: Set<String>

        package init(name: String, uid: UInt32, may: Set<String>) {
            self.name = name
            self.uid = uid
            self.may = may
        }
    }

    /// Who administers: a group, or one user.
    package struct Administrator: Sendable, Equatable {
        package enum Who: Sendable, Equatable {
            case group(gid: UInt32)
            case user(uid: UInt32)
        }

        package var who: Who
        package var may: Set<String>
        /// Role names; empty: over everybody.
        package var over: [String]

        package init(who: Who, may: Set<String>, over: [String]) {
            self.who = who
            self.may = may
            self.over = over
        }
    }

    package enum Transport: Sendable {
        case spool(directory: String)
        case smtp(Mail)
    }

    package struct Mail: Sendable {
        package enum TLS: String, Sendable, CaseIterable { case auto, required, off, implicit }

        /// `host:port`.
        package var server: String
        package var tls: TLS
        package var from: String
        package var user: String?
        package var password: SecretReference?
        package var certificateAuthorities: String?

        package init(
            server: String,
            tls: TLS,
            from: String,
            user: String? = nil,
            password: SecretReference? = nil,
            certificateAuthorities: String? = nil
        ) {
            self.server = server
            self.tls = tls
            self.from = from
            self.user = user
            self.password = password
            self.certificateAuthorities = certificateAuthorities
        }
    }

    package struct Sockets: Sendable, Equatable {
        package var frontend: String
        package var admin: String

        package init(frontend: String, admin: String) {
            self.frontend = frontend
            self.admin = admin
        }
    }
}
