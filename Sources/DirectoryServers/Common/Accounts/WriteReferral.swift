import LDAPClient

/// Where a server that takes no writes says that they are taken (RFC 4511, 4.1.10). It is followed to hosts that the
/// configuration names and over verified TLS only: whoever can forge an answer must not get a password.
struct WriteReferral {
    let error: LDAPError
    let settings: DirectorySettings

    /// - Returns: the first server that may be followed; nil for any other error, too.
    var server: LDAPServer? {
        guard error.code == .referral else { return nil }
        return error.referrals.lazy.compactMap(Self.server).first(where: isTrusted)
    }

    /// For the log, where it is not followed.
    var explanation: LDAPError {
        var explained = error
        let named = error.referrals.compactMap { Self.server($0)?.uri }.joined(separator: ", ")
        explained.diagnostic =
            "this server takes no writes and names \(named.isEmpty ? "no other" : named); name its host in "
            + "directory.followWriteReferrals (ldaps:// or StartTLS), or put the server itself into directory.servers"
        return explained
    }

    /// A URI names an entry behind the host (RFC 4516, 2).
    private static func server(_ uri: String) -> LDAPServer? {
        let parts = uri.split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false)
        guard parts.count >= 3 else { return nil }
        return try? LDAPServer(parts.prefix(3).joined(separator: "/"))
    }

    private func isTrusted(_ server: LDAPServer) -> Bool {
        switch server.transport {
        case .ldaps(let host, _): settings.followWriteReferrals.contains(host.lowercased())
        case .ldap(let host, _): settings.tls.startTLS && settings.followWriteReferrals.contains(host.lowercased())
        case .ldapi: false
        }
    }
}
