/// How to reach an HTTP gateway.
package struct HTTPSettings: Sendable {
    /// Where messages are posted. https, or http to this host.
    package var url: String
    /// Sent as `Authorization: Bearer`.
    package var token: String?
    /// The only file of CA certificates that is trusted (PEM); nil for those of the system.
    package var certificateAuthorities: String?
    /// How long the connection may take to stand, TLS included.
    package var connectTimeout: Duration
    /// How long one message may take in all.
    package var totalTimeout: Duration

    package init(
        url: String,
        token: String? = nil,
        certificateAuthorities: String? = nil,
        connectTimeout: Duration = .seconds(10),
        totalTimeout: Duration = .seconds(30)
    ) {
        self.url = url
        self.token = token
        self.certificateAuthorities = certificateAuthorities
        self.connectTimeout = connectTimeout
        self.totalTimeout = totalTimeout
    }
}

extension HTTPSettings: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { "a gateway" }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
