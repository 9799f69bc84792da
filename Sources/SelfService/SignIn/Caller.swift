package import Audit

/// Who called, as the socket knows it: the front end by its peer credentials, never by what it says.
package struct Caller: Sendable, Equatable {
    /// The name in the configuration.
    package var frontend: String
    /// Whether it may be told that somebody does not exist, is not registered or may not reset.
    package var maySeeTruth: Bool
    /// What the person's browser asks for, as language ranges (RFC 9110, 12.5.4). A hint.
    package var language: String?

    /// Where the person is, as the front end tells: an IPv4 address, or the first 64 bits of an IPv6 one. A hint: it
    /// tightens limits, and gives the person an allowance of their own where they have proven who they are before.
    package var network: String?

    package init(frontend: String, maySeeTruth: Bool = false) {
        self.frontend = frontend
        self.maySeeTruth = maySeeTruth
    }

    package var actor: AuditActor { .frontend(frontend) }
}
