extension OperationResult {
    /// The result of a message, or the error that it is none.
    init(of message: ServerMessage, operation: String, server: LDAPServer) throws(LDAPError) {
        self = try server.decoding(operation) { () throws(BERError) in try OperationResult(message) }
        self.operation = operation
        self.server = server.uri
        passwordPolicy = try server.decoding(operation) { () throws(BERError) in
            try message.control(PasswordPolicyResponse.oid).map { value throws(BERError) in
                try PasswordPolicyResponse(value: value)
            }
        }
    }

    func requireSuccess() throws(LDAPError) {
        guard code != .success else { return }
        var error = LDAPError(
            code,
            operation: operation,
            server: server,
            matchedDN: matchedDN,
            diagnostic: diagnostic,
            passwordPolicy: passwordPolicy
        )
        error.referrals = referrals
        throw error
    }
}

extension LDAPServer {
    /// Turns bytes that are not LDAP into the error that says so.
    func decoding<Value>(
        _ operation: String,
        _ body: () throws(BERError) -> Value
    ) throws(LDAPError) -> Value {
        do throws(BERError) { return try body() } catch {
            throw LDAPError(.decodingError, operation: operation, server: uri)
        }
    }
}
