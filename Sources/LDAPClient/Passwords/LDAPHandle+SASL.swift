import CLDAP

extension LDAPHandle {
    /// A server that wants more steps than this is led around.
    private static let stepsMax = 16

    /// The whole exchange, blocking.
    func bind(_ exchange: SASLExchange, until deadline: ContinuousClock.Instant) throws(LDAPError) {
        var arena = CArena()
        var answers = unsafe latchkey_sasl_answers()
        if let user = exchange.user { unsafe answers.name = UnsafePointer(arena.string(user.utf8)) }
        if let password = exchange.password {
            unsafe answers.password = UnsafePointer(arena.string(password))
            unsafe answers.password_length = UInt32(password.count)
        }
        try prepareSASL()
        var previous: OpaquePointer?
        defer { unsafe ldap_msgfree(previous) }
        // libldap keeps the name of the mechanism here between the steps.
        var state: UnsafePointer<CChar>?
        for _ in 0..<Self.stepsMax {
            var id: Int32 = 0
            let status = unsafe step(exchange.mechanism, &answers, previous, &state, &id)
            unsafe ldap_msgfree(previous)
            unsafe previous = nil
            guard status == LDAP_SASL_BIND_IN_PROGRESS else {
                guard status == LDAP_SUCCESS else { throw explained(lastError("bind", status), exchange) }
                return
            }
            unsafe previous = try wait(for: id, until: deadline)
        }
        throw LDAPError(.decodingError, operation: "bind", server: server.uri, diagnostic: "too many steps")
    }

    /// What the library says of a mechanism that is not installed, or of missing keys, helps nobody alone.
    private func explained(_ error: LDAPError, _ exchange: SASLExchange) -> LDAPError {
        var error = error
        error.diagnostic = error.diagnostic.isEmpty ? exchange.mechanism : "\(exchange.mechanism): \(error.diagnostic)"
        return error
    }
}
