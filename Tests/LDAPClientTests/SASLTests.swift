import Foundation
import LDAPClient
import LatchkeyTesting
import Testing

@Suite("A SASL bind")
struct SASLTests {
    /// Maps SASL names to the service account, as slapd.conf(5) has it under `authz-regexp`.
    private static func options(_ environment: [String: String] = [:]) -> SlapdOptions {
        .with {
            $0.keepsServicePassword = true
            $0.environment = environment
            $0.globalLines = """
                sasl-host localhost
                authz-regexp "uid=latchkey,(cn=[^,]+,)?cn=(gssapi|scram-sha-256),cn=auth" "cn=latchkey,ou=services,\($0.suffix)"
                """
        }
    }

    private func open(_ slapd: SlapdFixture, _ transport: String) async throws -> LDAPConnection {
        let uri = transport == "ldaps" ? slapd.tlsURI : slapd.uri
        let tls = TLSOptions(certificateAuthorities: slapd.authorityFile, startTLS: transport == "starttls")
        return try await LDAPConnection.open(try LDAPServer(uri), tls: tls)
    }

    @Test("by SCRAM-SHA-256 stands on every transport", arguments: ["ldap", "starttls", "ldaps"])
    func scram(_ transport: String) async throws {
        try await withSlapd(Self.options()) { slapd in
            let connection = try await open(slapd, transport)
            try await connection.bind(.scramSHA256(user: "latchkey", password: Array(SlapdFixture.password.utf8)))
            #expect(try await connection.whoAmI() == "dn:\(slapd.service)")
            // The connection works on: nothing was left in its queue.
            #expect(try await connection.rootDSE().namingContexts == [slapd.suffix])
        }
    }

    @Test("with a wrong password or name is refused, says so without the password, and can be repeated")
    func wrong() async throws {
        try await withSlapd(Self.options()) { slapd in
            let connection = try await open(slapd, "ldap")
            for (user, password) in [("latchkey", "hunter2hunter2"), ("nobody", SlapdFixture.password)] {
                let error = await #expect(throws: LDAPError.self) {
                    try await connection.bind(.scramSHA256(user: user, password: Array(password.utf8)))
                }
                #expect(error?.code == .invalidCredentials)
                #expect(error?.description.contains(password) == false)
            }
            try await connection.bind(.scramSHA256(user: "latchkey", password: Array(SlapdFixture.password.utf8)))
            #expect(try await connection.whoAmI() == "dn:\(slapd.service)")
        }
    }

    @Test("never takes a weaker mechanism in the place of the one that the server does not have")
    func noFallback() async throws {
        try await withSlapd { slapd in
            let connection = try await open(slapd, "ldap")
            // The stored password is hashed: SCRAM cannot work, a simple bind could.
            let error = await #expect(throws: LDAPError.self) {
                try await connection.bind(.scramSHA256(user: "latchkey", password: Array(SlapdFixture.password.utf8)))
            }
            #expect(error != nil)
            #expect(try await connection.whoAmI() == "")
        }
    }

    @Test("with an empty password is never sent")
    func empty() async throws {
        try await withSlapd(Self.options()) { slapd in
            let connection = try await open(slapd, "ldap")
            let error = await #expect(throws: LDAPError.self) {
                try await connection.bind(.scramSHA256(user: "latchkey", password: []))
            }
            #expect(error?.code == .emptyPassword)
        }
    }

    @Test("ends at its deadline when the server hangs")
    func hanging() async throws {
        try await withSlapd(Self.options()) { slapd in
            let connection = try await open(slapd, "ldap")
            slapd.suspend()
            let error = await #expect(throws: LDAPError.self) {
                try await connection.bind(
                    .scramSHA256(user: "latchkey", password: Array(SlapdFixture.password.utf8)),
                    deadline: .milliseconds(300)
                )
            }
            #expect(error?.code == .timeout)
            slapd.resume()
        }
    }

    @Test("by GSSAPI stands with a keytab and a real KDC")
    func gssapi() async throws {
        // In a process of its own: the Kerberos library reads the environment.
        await #expect(processExitsWith: .success) {
            try await Self.withKerberos { slapd in
                let connection = try await LDAPConnection.open(try LDAPServer("ldap://localhost:\(slapd.port)"))
                try await connection.bind(.gssapi)
                let name = try await connection.whoAmI()
                guard name == "dn:\(slapd.service)" else { throw TestError("bound as \(name)") }
                _ = try await connection.rootDSE()
            }
        }
    }

    @Test("by GSSAPI without keys is our own trouble, and names what to look at")
    func noKeys() async throws {
        await #expect(processExitsWith: .success) {
            try await Self.withKerberos { slapd in
                unsafe setenv("KRB5_CLIENT_KTNAME", "FILE:/nowhere/keytab", 1)
                let connection = try await LDAPConnection.open(try LDAPServer("ldap://localhost:\(slapd.port)"))
                do throws(LDAPError) {
                    try await connection.bind(.gssapi)
                } catch {
                    guard error.code == .localError, error.description.contains("keytab") else { throw error }
                    return
                }
                throw TestError("bound without keys")
            }
        }
    }

    @Test("by GSSAPI ends at its deadline when the KDC is a black hole")
    func silentKDC() async throws {
        await #expect(processExitsWith: .success) {
            try await Self.withKerberos { slapd in
                let silent = try SilentServer()
                let file = slapd.directory.appendingPathComponent("krb5.conf")
                try KerberosFixture.client(of: silent.port).write(to: file, atomically: false, encoding: .utf8)
                unsafe setenv("KRB5_CONFIG", file.path, 1)
                let connection = try await LDAPConnection.open(try LDAPServer("ldap://localhost:\(slapd.port)"))
                do throws(LDAPError) {
                    try await connection.bind(.gssapi, deadline: .milliseconds(300))
                } catch {
                    guard error.code == .timeout else { throw error }
                    return
                }
                throw TestError("bound without a KDC")
            }
        }
    }

    private static func withKerberos(_ body: (SlapdFixture) async throws -> Void) async throws {
        let kerberos = try await KerberosFixture(principals: ["latchkey", "ldap/localhost"])
        for (name, value) in kerberos.environment { unsafe setenv(name, value, 1) }
        unsafe setenv("KRB5_CLIENT_KTNAME", "FILE:\(kerberos.keytab)", 1)
        unsafe setenv("KRB5CCNAME", "MEMORY:test", 1)
        let kdc = try await kerberos.start()
        let slapd = try await SlapdFixture(options(kerberos.environment))
        try await slapd.start()
        do {
            try await body(slapd)
        } catch {
            FileHandle.standardError.write(Data("\(error)\n\(slapd.log)\n".utf8))
            throw error
        }
        await slapd.kill()
        kdc.signal(SIGKILL)
        await kdc.waitForExit()
    }
}
