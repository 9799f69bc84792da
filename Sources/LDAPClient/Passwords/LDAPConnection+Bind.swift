extension LDAPConnection {
    /// Binds. No other operation may be under way (RFC 4511, 4.2.1).
    ///
    /// - Returns: what the password policy says beside the success, if anything.
    /// - Throws: `invalidCredentials` with the policy's reason where the server gives one; `emptyPassword`
    ///   before anything is sent (RFC 4513, 5.1.2). After `timeout` the connection is of no use any more.
    @discardableResult
    package nonisolated func bind(
        _ credentials: BindCredentials,
        deadline: Duration = usualDeadline
    ) async throws(LDAPError) -> PasswordPolicyResponse? {
        let instant = ContinuousClock.now + deadline
        switch credentials.mechanism {
        case .simple(let dn, let password):
            try requirePassword(password)
            return try await bind(until: instant) { handle throws(LDAPError) in
                try handle.sendSimpleBind(dn.text, password)
            }
        case .external(let authorizationID):
            return try await bind(until: instant) { handle throws(LDAPError) in
                try handle.sendExternalBind(authorizationID)
            }
        case .scramSHA256(let user, let password):
            try requirePassword(password)
            try await bind(SASLExchange(mechanism: "SCRAM-SHA-256", user: user, password: password), until: instant)
        case .gssapi:
            try await bind(SASLExchange(mechanism: "GSSAPI"), until: instant)
        }
        return nil
    }

    private nonisolated func requirePassword(_ password: [UInt8]) throws(LDAPError) {
        guard !password.isEmpty else { throw LDAPError(.emptyPassword, operation: "bind", server: server.uri) }
    }

    private func requireQuiet() throws(LDAPError) {
        guard replies.isEmpty, searches.isEmpty else {
            throw LDAPError(
                .invalidArgument,
                operation: "bind",
                server: server.uri,
                diagnostic: "other operations are under way on this connection"
            )
        }
    }

    private func bind(
        until deadline: ContinuousClock.Instant,
        _ request: @Sendable (borrowing LDAPHandle) throws(LDAPError) -> Int32
    ) async throws(LDAPError) -> PasswordPolicyResponse? {
        try requireQuiet()
        let id = try send("bind", until: deadline, request)
        return try await finish(id, "bind", until: deadline).passwordPolicy
    }

    /// The exchange blocks the connection's queue. Kerberos asks its servers with time limits of its own, which cannot
    /// be ended from outside: the caller is told at the deadline, and the connection dies when they are done.
    private nonisolated func bind(
        _ exchange: SASLExchange,
        until deadline: ContinuousClock.Instant
    ) async throws(LDAPError) {
        let late = LDAPError(.timeout, operation: "bind", server: server.uri, diagnostic: exchange.mechanism)
        do throws(LDAPError) {
            try await BlockingCall.run(on: executor.queue, until: deadline, late: late) { () throws(LDAPError) in
                try self.assumeIsolated { connection in
                    Result { () throws(LDAPError) in try connection.perform(exchange, until: deadline) }
                }.get()
            }
        } catch {
            if error.code == .timeout { later { $0.fail(late) } }
            throw error
        }
    }

    private func perform(_ exchange: SASLExchange, until deadline: ContinuousClock.Instant) throws(LDAPError) {
        try requireQuiet()
        if var failure {
            failure.operation = "bind"
            throw failure
        }
        try handle.bind(exchange, until: deadline)
    }
}
