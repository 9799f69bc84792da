import LDAPClient
import LatchkeyTesting
import Testing

@Suite("A bind")
struct BindTests {
    private func open(_ slapd: SlapdFixture) async throws -> LDAPConnection {
        try await LDAPConnection.open(try LDAPServer(slapd.uri))
    }

    private func credentials(_ dn: String, _ password: String) throws -> BindCredentials {
        .simple(dn: try DistinguishedName(dn), password: Array(password.utf8))
    }

    @Test("with a wrong password is refused, and the connection can still be used")
    func wrongPassword() async throws {
        try await withSlapd { slapd in
            let connection = try await open(slapd)
            let error = await #expect(throws: LDAPError.self) {
                try await connection.bind(try credentials(slapd.person("alice"), "wrong password"))
            }
            #expect(error?.code == .invalidCredentials)
            try await connection.bind(try credentials(slapd.person("alice"), SlapdFixture.password))
            #expect(try await connection.whoAmI() == "dn:\(slapd.person("alice"))")
        }
    }

    @Test("with an empty password is never sent: it would succeed as nobody")
    func emptyPassword() async throws {
        try await withSlapd { slapd in
            let connection = try await open(slapd)
            let error = await #expect(throws: LDAPError.self) {
                try await connection.bind(try credentials(slapd.person("alice"), ""))
            }
            #expect(error?.code == .emptyPassword)
            #expect(error?.description.contains("RFC 4513") == true)
        }
    }

    @Test("of a locked account says so in the password policy control")
    func locked() async throws {
        try await withSlapd { slapd in
            let connection = try await open(slapd)
            var last: LDAPError?
            for _ in 0..<slapd.options.policy.maxFailure + 1 {
                last = await #expect(throws: LDAPError.self) {
                    try await connection.bind(try credentials(slapd.person("bob"), "wrong password"))
                }
            }
            #expect(last?.passwordPolicy?.error == .accountLocked)
            let right = await #expect(throws: LDAPError.self) {
                try await connection.bind(try credentials(slapd.person("bob"), SlapdFixture.password))
            }
            #expect(right?.code == .invalidCredentials)
            #expect(right?.passwordPolicy?.error == .accountLocked)
        }
    }

    @Test("waits its turn: none while other operations are under way")
    func busy() async throws {
        try await withSlapd { slapd in
            let connection = try await connected(slapd)
            let batches = try await connection.sync(people(slapd, .refreshAndPersist))
            let error = await #expect(throws: LDAPError.self) { try await connection.bind(try service(slapd)) }
            #expect(error?.code == .invalidArgument)
            withExtendedLifetime(batches) {}
        }
    }

    @Test("never shows its password, nor does an error or a modification")
    func noSecrets() async throws {
        try await withSlapd { slapd in
            let secret = "s3cret-of-alice"
            let credentials = try credentials(slapd.person("alice"), secret)
            let modification = Modification(.replace, "userPassword", text: [secret])
            let connection = try await open(slapd)
            let error = await #expect(throws: LDAPError.self) { try await connection.bind(credentials) }
            var shown = "\(credentials) \(modification) \(String(describing: error))"
            dump(credentials, to: &shown)
            dump(modification, to: &shown)
            dump(error, to: &shown)
            let bytes = Array(secret.utf8).map(String.init).joined(separator: ", ")
            #expect(!shown.contains(secret) && !shown.contains(bytes))
            #expect(shown.contains("alice"))
        }
    }
}
