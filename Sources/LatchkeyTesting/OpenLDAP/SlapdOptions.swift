/// How a private slapd is to be.
package struct SlapdOptions: Sendable {
    package enum Certificate: Sendable {
        /// For 127.0.0.1 and localhost, signed by the CA of ``SlapdFixture/authorityFile``.
        case good
        /// Signed by that CA, but for another host.
        case wrongHost
        /// Signed by that CA, and for no host: its subject is all that it names.
        case nameless
        /// For the right host, but signed by another CA.
        case unknownAuthority
        /// Signed by the right CA for the right host, and over since yesterday.
        case expired
        /// Good, but signed by a CA whose own certificate is over since yesterday.
        case expiredAuthority
    }

    package var suffix = "dc=example,dc=com"
    /// `ppolicy_hash_cleartext`: whether a clear password in a modify is hashed.
    package var hashesClearText = true
    /// The overlay refint: renames and deletes are carried into groups.
    package var hasReferentialIntegrity = true
    /// The overlay memberof.
    package var hasMemberOf = true
    /// The overlay syncprov. Without it the server can only be asked.
    package var hasContentSync = true
    /// The overlay ppolicy.
    package var hasPasswordPolicy = true
    /// Its module. Without it nobody knows the attributes of a policy, and there is none.
    package var knowsPasswordPolicy = true
    /// How many changes syncprov remembers; `nil` for no session log.
    package var sessionLog: Int? = 10_000
    /// The most entries that one search of the service account returns; `nil` for no limit.
    package var sizeLimit: Int?
    package var certificate = Certificate.good
    package var policy = SlapdPasswordPolicy()
    /// LDIF that is loaded below the suffix; `nil` for ``SlapdContent/people(below:passwordHash:)``. The fixture
    /// itself makes the suffix, `ou=services`, `ou=policies` and what is in them.
    package var content: String?
    /// Whether the entryCSNs of the content count as changes of the servers that they name (slapadd's `-w`).
    package var keepsContextOfContent = false
    /// Whether the service account may write passwords and locks.
    package var grantsWriting = true
    /// Whether EXTERNAL over ldapi is the administrator. Otherwise it is the service account.
    package var externalIsAdministrator = false
    /// Whether the service account's password is stored as it is: SCRAM needs it so.
    package var keepsServicePassword = false
    /// More lines for slapd.conf, before the databases.
    package var globalLines = ""
    /// slapd's `-d`: 256 logs connections, operations and results.
    package var logLevel = 0
    /// For slapd, beside what it inherits.
    package var environment: [String: String] = [:]
    /// More lines for slapd.conf, within the database and before its access rules.
    package var databaseLines = ""

    package init() {}

    /// The options, changed.
    package static func with(_ change: (inout SlapdOptions) -> Void) -> SlapdOptions {
        var options = SlapdOptions()
        change(&options)
        return options
    }
}

/// The default password policy of a private slapd (slapo-ppolicy(5)).
package struct SlapdPasswordPolicy: Sendable {
    /// Wrong binds until the account is locked.
    package var maxFailure = 4
    /// Seconds that a lock lasts; 0 until it is lifted.
    package var lockoutDuration = 0
    package var minLength = 8
    package var inHistory = 3
    /// Seconds that must pass between two changes.
    package var minAge = 0
    /// 2: a password that cannot be checked is refused.
    package var checkQuality = 2
    package var mustChange = false
    /// Seconds without a sign-in after which nobody may sign in any more; 0: never.
    package var maxIdle = 0
    package var safeModify = false

    package init() {}
}
