extension LDAPConnection {
    private static let passwordModifyOID = "1.3.6.1.4.1.4203.1.11.1"
    private static let whoAmIOID = "1.3.6.1.4.1.4203.1.11.3"

    /// Sets a password by the extended operation of RFC 3062; the server hashes it.
    ///
    /// - Parameters:
    ///   - user: whose; `nil` for the one who is bound.
    ///   - oldPassword: `nil` where the bound one has the right to write without it.
    /// - Throws: `constraintViolation` with the policy's reason; `emptyPassword` before anything is sent, since the
    ///   server would make up a password.
    @discardableResult
    package func modifyPassword(
        of user: DistinguishedName?,
        oldPassword: [UInt8]? = nil,
        to newPassword: [UInt8],
        deadline: Duration = usualDeadline
    ) async throws(LDAPError) -> PasswordPolicyResponse? {
        guard !newPassword.isEmpty else {
            throw LDAPError(.emptyPassword, operation: "password modify", server: server.uri)
        }
        var writer = BERWriter()
        writer.constructed { request in
            if let user { request.octets(user.text.utf8, tag: BERTag.context(0)) }
            if let oldPassword { request.octets(oldPassword, tag: BERTag.context(1)) }
            request.octets(newPassword, tag: BERTag.context(2))
        }
        return try await extended(
            Self.passwordModifyOID,
            writer.bytes,
            controls: [.passwordPolicy],
            operation: "password modify",
            deadline: deadline
        ).passwordPolicy
    }

    /// As whom the server takes us (RFC 4532), for example `dn:cn=…`; empty for anonymous.
    package func whoAmI(deadline: Duration = usualDeadline) async throws(LDAPError) -> String {
        let result = try await extended(Self.whoAmIOID, nil, operation: "who am I", deadline: deadline)
        return String(decoding: result.extendedValue ?? [], as: UTF8.self)
    }
}
