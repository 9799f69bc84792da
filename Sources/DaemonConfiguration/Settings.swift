package import DirectoryServers
package import Foundation
package import LDAPClient
package import SelfService
package import Synchronizer

/// The whole configuration, checked: what cannot work is not representable any more, except for secrets,
/// which are references until the daemon resolves them.
package struct Settings: Sendable {
    package var directory: Directory
    /// Written after that one, in this order.
    package var linked: [LinkedSettings]
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
    /// The first one writes; the others only open what they wrote before.
    package var vaultKeys: [SecretReference]
    /// The id of the key of which a copy is known to be elsewhere; nil where nobody has said so.
    package var vaultEscrow: String?
    package var logLevel: String
    package var isDemo: Bool
    /// Mail domains whose boxes cannot be read without the forgotten password, in lower case.
    package var mailNeedsPassword: [String]
    package var sync: Sync
    package var links: LinkRules?
    /// Seconds that records of the audit are kept; nil: for ever.
    package var auditKeptFor: TimeInterval?
    /// The language of messages to people who have none in the directory.
    package var locale: String
    /// The languages of the template files.
    package var wordings: [Wording]

    /// How the directory is followed. Times in seconds, shares from 0 to 1.
    package struct Sync: Sendable, Equatable {
        package var follow = FollowPreference.auto
        package var verifyEvery: TimeInterval = 3600
        /// Removals are held over the larger of this share and ``holdAtLeast``.
        package var holdOver = 0.05
        package var holdAtLeast = 50
        package var holdGroupLoss = 0.5
        package var purgeDeletedAfter: TimeInterval = 30 * 86400

        package init() {}

        package var holdLimits: HoldLimits {
            HoldLimits(over: holdOver, atLeast: holdAtLeast, groupLoss: holdGroupLoss)
        }
    }

    package struct Directory: Sendable {
        package var servers: [ServerSource]
        /// `nil` for `auto`.
        package var product: DirectoryProduct?
        package var tls: TLSOptions
        package var bind: Bind
        package var failover: FailoverRules
        /// `nil` for `auto`.
        package var passwordWrite: DirectorySettings.PasswordWrite?
        /// Hosts, in lower case.
        package var followWriteReferrals: Set<String>

        package init(
            servers: [ServerSource],
            product: DirectoryProduct? = nil,
            tls: TLSOptions,
            bind: Bind,
            failover: FailoverRules = FailoverRules(),
            passwordWrite: DirectorySettings.PasswordWrite?,
            followWriteReferrals: Set<String> = []
        ) {
            self.followWriteReferrals = followWriteReferrals
            self.servers = servers
            self.product = product
            self.tls = tls
            self.bind = bind
            self.failover = failover
            self.passwordWrite = passwordWrite
        }
    }

    package enum Bind: Sendable {
        case simple(dn: DistinguishedName, password: SecretReference)
        case external
        case scramSHA256(user: String, password: SecretReference)
        /// - Parameter keytab: an absolute path; `nil` where the environment names it (KRB5_CLIENT_KTNAME).
        case gssapi(keytab: String?)
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
        /// The uid and gid that no process has (chown(2)): an entry whose group or user does not exist.
        package static let nobody = UInt32.max

        package enum Who: Sendable, Equatable {
            case group(gid: UInt32)
            case user(uid: UInt32)
        }

        package var who: Who
        package var may: Set<String>
        package var over: Reach

        package init(who: Who, may: Set<String>, over: Reach = .everybody) {
            self.who = who
            self.may = may
            self.over = over
        }
    }

    package enum Transport: Sendable {
        case spool(directory: String)
        case smtp(Mail)
        case http(Gateway)
        case command(Program)
    }

    package struct Gateway: Sendable, Equatable {
        package static let timeoutDefault: TimeInterval = 30

        /// https, or http to this host.
        package var url: String
        package var token: SecretReference?
        package var certificateAuthorities: String?
        /// Seconds for one message.
        package var timeout: TimeInterval

        package init(
            url: String,
            token: SecretReference? = nil,
            certificateAuthorities: String? = nil,
            timeout: TimeInterval = timeoutDefault
        ) {
            self.url = url
            self.token = token
            self.certificateAuthorities = certificateAuthorities
            self.timeout = timeout
        }
    }

    package struct Program: Sendable, Equatable {
        /// An absolute path and its arguments.
        package var command: [String]
        /// Seconds for one message.
        package var timeout: TimeInterval

        package init(command: [String], timeout: TimeInterval = Gateway.timeoutDefault) {
            self.command = command
            self.timeout = timeout
        }
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
