extension LDAPConnection {
    /// The certificate that a server shows, whatever it is worth: for finding out why it was refused. The connection
    /// ends with the handshake; nothing else is sent over it.
    ///
    /// - Returns: nil where the server shows none that can be read.
    package static func shownCertificate(
        of server: LDAPServer,
        tls: TLSOptions,
        deadline: Duration = .seconds(10)
    ) async throws(LDAPError) -> Certificate? {
        let executor = QueueExecutor(label: "latchkey.ldap.certificate")
        let opening = ConnectionOpening(server: server, tls: tls, deadline: .now + deadline)
        let bytes = try await BlockingCall.run(
            on: executor.queue,
            until: .now + deadline,
            late: LDAPError(.timeout, operation: "connect", server: server.uri)
        ) { () throws(LDAPError) in try opening.certificate() }
        return bytes.flatMap { Certificate($0) }
    }
}

extension ConnectionOpening {
    /// Blocks.
    func certificate() throws(LDAPError) -> [UInt8]? {
        let connector = SocketConnector(server: server, deadline: deadline, loopbackOnly: false)
        let handle = try LDAPHandle(adopting: try connector.connect(), server: server)
        return try watched(handle.socket) { () throws(LDAPError) in
            if usesStartTLS { try handle.requestStartTLS(deadline: deadline) }
            return handle.shownCertificate(tls)
        }
    }
}
