import Glibc
import LDAPClient
import LatchkeyTesting
import Testing

@Suite("A connection")
struct ConnectionTests {
    @Test("stands over ldap, StartTLS, ldaps and ldapi, and binds", arguments: ["ldap", "starttls", "ldaps", "ldapi"])
    func transports(_ kind: String) async throws {
        try await withSlapd { slapd in
            let uri = ["ldaps": slapd.tlsURI, "ldapi": slapd.socketURI][kind] ?? slapd.uri
            let connection = try await LDAPConnection.open(
                try LDAPServer(uri),
                tls: TLSOptions(certificateAuthorities: slapd.authorityFile, startTLS: kind == "starttls")
            )
            try await connection.bind(try service(slapd))
            #expect(try await connection.whoAmI() == "dn:\(slapd.service)")
            let dse = try await connection.rootDSE()
            #expect(dse.namingContexts == [slapd.suffix])
            #expect(dse.supportsContentSync && dse.supportsPasswordModify && dse.supportsPasswordPolicy)
        }
    }

    @Test("binds as the peer's uid by EXTERNAL over ldapi")
    func external() async throws {
        try await withSlapd { slapd in
            let connection = try await LDAPConnection.open(try LDAPServer(slapd.socketURI))
            try await connection.bind(.external())
            #expect(try await connection.whoAmI() == "dn:\(slapd.service)")
        }
    }

    @Test("refuses a certificate for another host or of an unknown CA", arguments: ["starttls", "ldaps"])
    func badCertificates(_ kind: String) async throws {
        for certificate in [SlapdOptions.Certificate.wrongHost, .unknownAuthority] {
            try await withSlapd(.with { $0.certificate = certificate }) { slapd in
                let server = try LDAPServer(kind == "ldaps" ? slapd.tlsURI : slapd.uri)
                let tls = TLSOptions(certificateAuthorities: slapd.authorityFile, startTLS: kind == "starttls")
                let error = await #expect(throws: LDAPError.self) {
                    try await LDAPConnection.open(server, tls: tls)
                }
                #expect(error?.code == .tlsFailure)
                #expect(error?.description.contains("check the CA file") == true)
            }
        }
    }

    @Test("says which CA file cannot be used", arguments: ["/nowhere/ca.pem", "/etc/hostname"])
    func badAuthorityFile(_ file: String) async throws {
        try await withSlapd { slapd in
            let server = try LDAPServer(slapd.tlsURI)
            let error = await #expect(throws: LDAPError.self) {
                try await LDAPConnection.open(server, tls: TLSOptions(certificateAuthorities: file))
            }
            #expect(error?.code == .tlsFailure)
            #expect(error?.description.contains(file) == true)
        }
    }

    @Test("failure mode 14: ends at its deadline when the peer stays silent", arguments: ["ldap", "ldaps"])
    func silentPeer(_ scheme: String) async throws {
        let peer = try SilentServer()
        let server = try LDAPServer("\(scheme)://127.0.0.1:\(peer.port)")
        let tls = TLSOptions(startTLS: scheme == "ldap")
        let error = await #expect(throws: LDAPError.self) {
            try await LDAPConnection.open(server, tls: tls, deadline: .milliseconds(300))
        }
        #expect(error?.code == .timeout)
    }

    @Test("failure mode 14: costs no CPU while a peer stays silent in the TLS handshake")
    func silentPeerCPU() async throws {
        // In a process of its own, so that the CPU time is this connection's alone.
        await #expect(processExitsWith: .success) {
            let peer = try SilentServer()
            let server = try LDAPServer("ldaps://127.0.0.1:\(peer.port)")
            // The first attempt pays for loading the CA file.
            for milliseconds in [50, 1000] {
                let before = clock()
                _ = try? await LDAPConnection.open(server, deadline: .milliseconds(milliseconds))
                let spent = Double(clock() - before) / Double(CLOCKS_PER_SEC)
                if milliseconds == 1000, spent > 0.5 { throw TestError("spent \(spent) s of CPU") }
            }
        }
    }

    @Test("gives up connecting when its task is cancelled")
    func cancelledWhileOpening() async throws {
        let peer = try SilentServer()
        let server = try LDAPServer("ldaps://127.0.0.1:\(peer.port)")
        let task = Task { try await LDAPConnection.open(server, deadline: .seconds(60)) }
        try await peer.waitForConnection()
        task.cancel()
        let error = try await withDeadline {
            await #expect(throws: LDAPError.self) { try await task.value }
        }
        #expect(error?.code == .cancelled)
    }

    @Test("of TLS to localhost says that the machine's own name is checked")
    func localhost() {
        let error = LDAPError(.tlsFailure, operation: "connect", server: "ldaps://localhost:636")
        #expect(error.description.contains("use 127.0.0.1 or the name in the certificate"))
        #expect(
            !LDAPError(.tlsFailure, operation: "connect", server: "ldaps://ldap.example.org").description.contains(
                "127.0.0.1"
            )
        )
    }

    @Test("says that nobody listens")
    func refusedPort() async throws {
        let server = try LDAPServer("ldap://127.0.0.1:\(try RefusedPort.make())")
        let error = await #expect(throws: LDAPError.self) { try await LDAPConnection.open(server) }
        #expect(error?.code == .connectError)
        #expect(error?.description.contains("Connection refused") == true)
    }

    @Test("never sends clear text to another host")
    func clearText() async throws {
        let error = await #expect(throws: LDAPError.self) {
            // An address of TEST-NET-1, where nothing answers (RFC 5737).
            try await LDAPConnection.open(try LDAPServer("ldap://192.0.2.1"), deadline: .seconds(1))
        }
        #expect(error?.code == .clearTextRefused)
    }

    @Test("tells every operation under way when the server dies, and the next ones")
    func serverDies() async throws {
        try await withSlapd { slapd in
            let connection = try await connected(slapd)
            let batches = try await connection.sync(people(slapd, .refreshAndPersist))
            var iterator = batches.makeAsyncIterator()
            _ = try await iterator.next()
            await slapd.kill()
            let error = await #expect(throws: LDAPError.self) {
                while try await iterator.next() != nil {}
            }
            #expect(error?.code == .serverDown)
            #expect(error?.operation == "sync")
            let next = await #expect(throws: LDAPError.self) { try await connection.rootDSE() }
            #expect(next?.code == .serverDown)
        }
    }

    @Test("failure mode 14: gives an operation up at its deadline while the server hangs, and goes on when it is back")
    func hangingServer() async throws {
        try await withSlapd { slapd in
            let connection = try await connected(slapd)
            slapd.suspend()
            let error = await #expect(throws: LDAPError.self) {
                try await connection.rootDSE(deadline: .milliseconds(200))
            }
            #expect(error?.code == .timeout)
            slapd.resume()
            #expect(try await connection.rootDSE().namingContexts == [slapd.suffix])
        }
    }

    @Test("closes, and then refuses")
    func closing() async throws {
        try await withSlapd { slapd in
            let connection = try await connected(slapd)
            await connection.close()
            await connection.close()
            let error = await #expect(throws: LDAPError.self) { try await connection.whoAmI() }
            #expect(error?.code == .cancelled)
        }
    }
}
