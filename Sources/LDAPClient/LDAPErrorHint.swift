extension LDAPError {
    /// What the operator can do, where that is known.
    package var hint: String? {
        switch code {
        case .tlsFailure: tlsHint
        case .clearTextRefused: "use ldaps:// or StartTLS; clear text is for loopback addresses and ldapi:// only"
        case .emptyPassword: "an empty password would be an anonymous bind (RFC 4513, 5.1.2)"
        case .connectError, .serverDown: "check that the server runs and that host and port are right"
        case .mechanismUnknown: "install libsasl2-modules, for GSSAPI libsasl2-modules-gssapi-mit"
        case .localError where diagnostic.contains("GSSAPI"):
            "check the keytab (bind.keytab or KRB5_CLIENT_KTNAME), krb5.conf and the clock"
        case .authMethodNotSupported where operation == "bind":
            "the server does not offer this mechanism (supportedSASLMechanisms in its root DSE)"
        case .invalidCredentials where operation == "bind": "check the bind DN and its password"
        case .sizeLimitExceeded:
            "raise the server's size limit for this bind DN (slapd: `limits … size=unlimited`; 389-ds: nsSizeLimit)"
        case .timeLimitExceeded:
            "raise the server's time limit for this bind DN (slapd: `limits … time=unlimited`; 389-ds: nsTimeLimit)"
        case .adminLimitExceeded: "raise the server's limits for this bind DN (389-ds: nsLookThroughLimit)"
        case .noSuchObject where isSearch:
            "the base does not exist, or this bind DN may not see it: check the base and the access rules"
        case .referral where isSearch: "another server holds the base: name that one"
        case .insufficientAccess: "give this bind DN the right; `latchkeyd --doctor` names it"
        case .confidentialityRequired, .strongerAuthRequired: "the server wants TLS: use ldaps:// or StartTLS"
        case .syncRefreshRequired: "a refresh without the cookie is needed"
        default: nil
        }
    }

    private var isSearch: Bool { operation == "search" || operation == "sync" }

    private var tlsHint: String {
        server.contains("//localhost")
            ? "libldap checks the machine's own name for \"localhost\": use 127.0.0.1 or the name in the certificate"
            : "check the CA file, and that the certificate names the host of the URI"
    }
}
