import LDAPClient

/// Keeps a refused service account from being locked out. Pure: the time is told.
///
/// A wrong password is wrong on every server, since they hold the same account: after a refusal no other server is
/// tried. And every request binds, so each would count against the account: for a growing time nobody binds, and
/// everybody is told what the server said. It ends with a bind that succeeds; a restart begins anew.
struct RefusedBind: Sendable {
    static let pauseAtMost = Duration.seconds(900)

    let pauseAtFirst: Duration
    private var refusals = 0
    private var last: (error: LDAPError, until: ContinuousClock.Instant)?

    init(pauseAtFirst: Duration) { self.pauseAtFirst = pauseAtFirst }

    /// What to throw instead of binding.
    func error(at now: ContinuousClock.Instant) -> LDAPError? {
        guard let last, now < last.until else { return nil }
        return last.error
    }

    mutating func refused(_ error: LDAPError, at now: ContinuousClock.Instant) {
        refusals += 1
        let pause = min(pauseAtFirst * (1 << min(refusals - 1, 20)), Self.pauseAtMost)
        last = (error, now + pause)
    }

    mutating func accepted() {
        refusals = 0
        last = nil
    }
}

extension LDAPError {
    /// Whether a server that works said no to who we are: no other server would say yes.
    var isRefusedBind: Bool {
        operation == "bind" && Self.refusals.contains(code)
    }

    /// Beside the wrong password: methods and protection that the server does not accept, an account that may not
    /// bind (RFC 4511, appendix A), and 389-ds's word for a locked one (19).
    private static let refusals: Set<ResultCode> = [
        .authMethodNotSupported, .strongerAuthRequired, .confidentialityRequired, .constraintViolation,
        .noSuchObject, .invalidDNSyntax, .inappropriateAuthentication, .invalidCredentials, .insufficientAccess,
        .unwillingToPerform,
    ]

    /// Whether it is the server's fault, so that another one might do. What went wrong on our own side, or was
    /// stopped by us, says nothing of the server.
    var speaksAgainstServer: Bool {
        !isRefusedBind
            && ![.cancelled, .localError, .mechanismUnknown, .emptyPassword, .invalidArgument].contains(code)
    }
}
