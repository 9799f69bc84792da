import LDAPClient
import Synchronizer

extension FeedError {
    /// Sorts any failure of a feed by what is to be done about it.
    init(_ error: any Error, server: String) {
        switch error {
        case let error as FeedError: self = error
        case let error as LDAPError: self.init(ldap: error, server: server)
        case is CancellationError: self.init(.cancelled, server: server, detail: "stopped")
        default: self.init(.incomplete, server: server, detail: "\(error)")
        }
    }

    private init(ldap error: LDAPError, server: String) {
        self.init(
            Self.code(of: error),
            server: error.server.isEmpty ? server : error.server,
            detail: Self.detail(of: error)
        )
    }

    private static func code(of error: LDAPError) -> Code {
        switch error.code {
        case .syncRefreshRequired: .cookieRejected
        // slapd says so of a cookie from the future: the server was restored from a backup.
        case .unwillingToPerform where error.operation == "sync": .cookieRejected
        case .invalidCredentials, .insufficientAccess, .strongerAuthRequired, .confidentialityRequired: .credentials
        case .tlsFailure, .clearTextRefused: .tls
        case .cancelled: .cancelled
        case .superseded: .moved
        case let code where code.rawValue < 0: .unreachable
        case .busy, .unavailable: .unreachable
        default: .incomplete
        }
    }

    private static func detail(of error: LDAPError) -> String {
        var error = error
        error.server = ""
        return "\(error)"
    }
}
