/// Why an operation on a directory server did not succeed.
///
/// Carries what the server said and what to do about it; never a password or another secret.
package struct LDAPError: Error, Sendable, Equatable {
    package var code: ResultCode
    /// What was tried: `connect`, `bind`, `search`, `modify`…
    package var operation: String
    /// The server's URI.
    package var server: String
    /// The longest part of the name that exists, where the server says so (RFC 4511, 4.1.9).
    package var matchedDN: String
    /// The server's or the library's own words.
    package var diagnostic: String
    /// The password policy control that came with the refusal.
    package var passwordPolicy: PasswordPolicyResponse?
    /// Servers that the server names in its place, as URIs (RFC 4511, 4.1.10). Never followed by the client itself.
    package var referrals: [String] = []

    package init(
        _ code: ResultCode,
        operation: String,
        server: String = "",
        matchedDN: String = "",
        diagnostic: String = "",
        passwordPolicy: PasswordPolicyResponse? = nil
    ) {
        self.code = code
        self.operation = operation
        self.server = server
        self.matchedDN = matchedDN
        self.diagnostic = diagnostic
        self.passwordPolicy = passwordPolicy
    }
}

extension LDAPError: CustomStringConvertible {
    package var description: String {
        var text = server.isEmpty ? "" : "\(server): "
        text += "\(operation): \(code)"
        if !diagnostic.isEmpty { text += ": \(diagnostic)" }
        if !matchedDN.isEmpty { text += " (matched \(matchedDN))" }
        if let hint { text += "; \(hint)" }
        return text
    }
}
