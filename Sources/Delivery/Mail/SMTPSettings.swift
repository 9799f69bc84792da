/// How to reach the mail server.
package struct SMTPSettings: Sendable {
    /// How the connection is protected.
    package enum TLS: String, Sendable, CaseIterable {
        /// STARTTLS where the server offers it; off the loopback a server that does not is refused. On the
        /// loopback its certificate is verified only if a file of CA certificates is named.
        case auto
        /// STARTTLS (RFC 3207) or nothing.
        case required
        /// In clear, wherever the server is.
        case off
        /// TLS from the first byte (RFC 8314, 3.3).
        case implicit
    }

    /// A user and a password. Does not show either.
    package struct Credentials: Sendable {
        let user: String
        let password: String

        package init(user: String, password: String) {
            self.user = user
            self.password = password
        }
    }

    package var server: SMTPServer
    package var tls: TLS
    /// The only file of CA certificates that is trusted (PEM); nil for those of the system.
    package var certificateAuthorities: String?
    package var credentials: Credentials?
    package var from: MailAddress
    /// How long the connection may take to stand, TLS included.
    package var connectTimeout: Duration
    /// How long one mail may take in all.
    package var totalTimeout: Duration

    package init(
        server: SMTPServer,
        tls: TLS = .auto,
        certificateAuthorities: String? = nil,
        credentials: Credentials? = nil,
        from: MailAddress,
        connectTimeout: Duration = .seconds(10),
        totalTimeout: Duration = .seconds(45)
    ) {
        self.server = server
        self.tls = tls
        self.certificateAuthorities = certificateAuthorities
        self.credentials = credentials
        self.from = from
        self.connectTimeout = connectTimeout
        self.totalTimeout = totalTimeout
    }
}

extension SMTPSettings.Credentials: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { "credentials" }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
