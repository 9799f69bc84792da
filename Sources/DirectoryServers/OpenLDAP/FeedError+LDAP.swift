import LDAPClient
import Synchronizer

extension FeedError {
    /// Sorts any failure of a feed by what is to be done about it.
    /// - Parameter resumed: whether a cookie was sent, so that it may be the cookie that is refused.
    init(_ error: any Error, server: String, resumed: Bool = false) {
        switch error {
        case let error as FeedError: self = error
        case let error as LDAPError: self.init(ldap: error, server: server, resumed: resumed)
        case is CancellationError: self.init(.cancelled, server: server, detail: "stopped")
        default: self.init(.incomplete, server: server, detail: "\(error)")
        }
    }

    private init(ldap error: LDAPError, server: String, resumed: Bool) {
        let code = Self.code(of: error, resumed: resumed)
        self.init(
            code,
            server: error.server.isEmpty ? server : error.server,
            detail: Self.detail(of: error, code)
        )
    }

    private static func code(of error: LDAPError, resumed: Bool) -> Code {
        switch error.code {
        case .syncRefreshRequired where resumed: .cookieRejected
        // slapd says so of a cookie from the future: the server was restored from a backup.
        case .unwillingToPerform where resumed && error.operation == "sync": .cookieRejected
        case .invalidCredentials, .insufficientAccess, .strongerAuthRequired, .confidentialityRequired: .credentials
        case .tlsFailure, .clearTextRefused: .tls
        case .cancelled: .cancelled
        case .superseded: .moved
        case let code where code.rawValue < 0: .unreachable
        case .busy, .unavailable: .unreachable
        default: .incomplete
        }
    }

    /// What the server said, and before it what that means for the mirror.
    private static func detail(of error: LDAPError, _ code: Code) -> String {
        var error = error
        error.server = ""
        return switch code {
        case .incomplete: "not everything was read, so the mirror stays as it was: \(error)"
        case .cookieRejected:
            "the server does not go on from where it was left (it was restored, or has forgotten what changed), so "
                + "everything is read again: \(error)"
        default: "\(error)"
        }
    }
}
