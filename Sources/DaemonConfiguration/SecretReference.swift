/// Where a secret is kept. The secret itself is never part of the configuration.
package enum SecretReference: Sendable, Equatable {
    /// `credential:NAME`: a file in `$CREDENTIALS_DIRECTORY` (systemd.exec(5)).
    case credential(String)
    /// `file:/path`: refused when group or others can read it.
    case file(String)
}
