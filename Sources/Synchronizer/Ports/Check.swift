/// What an examination looks at. The names stay: whoever watches the answers goes by them. `etc/doctor.md` tells of each
/// what it prints and when.
package enum Check: String, Sendable, CaseIterable {
    // MARK: Each server of each directory

    case discovery = "directory.discovery"
    case connection = "directory.connection"
    case tls = "directory.tls"
    case bind = "directory.bind"
    case clock = "directory.clock"
    case following = "directory.following"
    /// Whether it is told of everything that changes: the changelog, deleted objects.
    case changes = "directory.changes"
    case content = "directory.content"
    case limits = "directory.limits"
    case resetRight = "directory.rights.reset"
    case unlockRight = "directory.rights.unlock"
    case mustChangeRight = "directory.rights.must-change"
    /// A right so wide that the server checks no password any more.
    case manageRight = "directory.rights.manage"
    case passwordReading = "directory.rights.password-read"
    case trust = "directory.trust"
    case policyResponse = "directory.policy.response"
    case policyReading = "directory.policy.readable"
    case policyReset = "directory.policy.reset"
    case policyHistory = "directory.policy.history"

    // MARK: This host

    /// The configuration's file as it is now, and what in it departs from NIST and ASVS.
    case configuration = "host.configuration"
    case secrets = "host.secrets"
    case state = "host.state"
    case frontends = "host.frontends"
    case sendmail = "host.sendmail"
    case vaultKey = "vault.key"
    case vaultEscrow = "vault.escrow"
    case delivery = "delivery.gateway"
}
