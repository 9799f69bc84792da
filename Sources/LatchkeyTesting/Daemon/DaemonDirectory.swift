/// The directory that a private daemon is configured for.
package struct DaemonDirectory: Sendable {
    package var uri: String
    /// Further servers, less preferred.
    package var alternates: [String] = []
    /// The service account.
    package var service: String
    package var password: String
    /// A file with the CA to trust; nil where nothing is encrypted.
    package var authorityFile: String?
    /// Members of `users`, one a line.
    package var users: String
    /// Members of `roles`, one a line.
    package var roles: String

    package init(
        uri: String,
        service: String,
        password: String,
        authorityFile: String? = nil,
        users: String,
        roles: String
    ) {
        self.uri = uri
        self.service = service
        self.password = password
        self.authorityFile = authorityFile
        self.users = users
        self.roles = roles
    }

    /// The same, written after the one that is mirrored.
    package struct Linked: Sendable {
        package var name: String
        package var directory: DaemonDirectory
        /// The attribute that holds the mirrored login.
        package var match: String

        package init(name: String, _ directory: DaemonDirectory, match: String) {
            self.name = name
            self.directory = directory
            self.match = match
        }
    }

    /// A private slapd over the loopback.
    package init(_ slapd: SlapdFixture) {
        self.init(
            uri: slapd.uri,
            service: slapd.service,
            password: SlapdFixture.password,
            users: "base: \"ou=people,\(slapd.suffix)\"\nfilter: (objectClass=inetOrgPerson)",
            roles: "base: \"ou=groups,\(slapd.suffix)\"\nfilter: (objectClass=groupOfNames)"
        )
    }
}
