package import LDAPClient

/// How to reach a directory and what to read in it, checked.
package struct DirectorySettings: Sendable {
    /// Preferred first.
    package let servers: [ServerSource]
    package let tls: TLSOptions
    /// Shared by everybody who was given these settings or a copy of them.
    package let serverDirectory: ServerDirectory
    package var credentials: BindCredentials
    package var users: UserMapping
    package var roles: RoleMapping?
    /// Of a linked directory: the attribute that holds the login of the mirrored person. Nil for the mirrored one.
    package var match: AttributeName?
    /// nil: as the product wants it.
    package var passwordWrite: PasswordWrite?
    /// Hosts, in lower case, to which a referral of a write is followed, over verified TLS.
    package var followWriteReferrals: Set<String> = []
    /// nil: as the root DSE says.
    package var product: DirectoryProduct?
    package var follow: FollowPreference
    /// Attributes whose values count without a proof.
    package var trusted: [AttributeName] = []

    /// How a password is written.
    package enum PasswordWrite: Sendable {
        /// Password modify (RFC 3062): the server hashes.
        case passwordModify
        /// A plain modify of `userPassword`. Only where the server is known to hash it.
        case modify
    }

    package init(
        servers: [ServerSource],
        tls: TLSOptions = TLSOptions(),
        failover: FailoverRules = FailoverRules(),
        discovery: ServerDiscovery = ServerDiscovery(),
        credentials: BindCredentials,
        users: UserMapping,
        roles: RoleMapping? = nil,
        passwordWrite: PasswordWrite? = nil,
        product: DirectoryProduct? = nil,
        follow: FollowPreference = .auto
    ) {
        self.servers = servers
        self.tls = tls
        serverDirectory = ServerDirectory(servers, tls: tls, rules: failover, discovery: discovery)
        self.credentials = credentials
        self.users = users
        self.roles = roles
        self.passwordWrite = passwordWrite
        self.product = product
        self.follow = follow
    }
}
