import LDAPClient
import LatchkeyTesting
import Testing

@Suite("A password")
struct PasswordTests {
    private func set(_ slapd: SlapdFixture, _ password: String) async throws {
        let connection = try await connected(slapd)
        let alice = try DistinguishedName(slapd.person("alice"))
        try await connection.modifyPassword(of: alice, to: Array(password.utf8))
    }

    @Test("is set by RFC 3062 with write rights alone, and binds")
    func accepted() async throws {
        try await withSlapd { slapd in
            try await set(slapd, "a new and long password")
            #expect(try await slapd.bind(slapd.person("alice"), "a new and long password") == 0)
            #expect(try await slapd.bind(slapd.person("alice"), SlapdFixture.password) == 49)
        }
    }

    @Test("that is too short or was used before is refused with the policy's reason")
    func refused() async throws {
        try await withSlapd { slapd in
            let short = await #expect(throws: LDAPError.self) { try await set(slapd, "short") }
            #expect(short?.code == .constraintViolation)
            #expect(short?.passwordPolicy?.error == .passwordTooShort)
            try await set(slapd, "a new and long password")
            try await set(slapd, "another long password")
            let old = await #expect(throws: LDAPError.self) { try await set(slapd, "a new and long password") }
            #expect(old?.code == .constraintViolation)
            #expect(old?.passwordPolicy?.error == .passwordInHistory)
        }
    }

    @Test("that is empty is never sent: the server would make one up")
    func empty() async throws {
        try await withSlapd { slapd in
            let error = await #expect(throws: LDAPError.self) { try await set(slapd, "") }
            #expect(error?.code == .emptyPassword)
            let bind = try await slapd.bind(slapd.person("alice"), SlapdFixture.password)
            #expect(bind == 0)
        }
    }

    @Test("written by modify is hashed only where the server is told to", arguments: [true, false])
    func modified(_ hashes: Bool) async throws {
        try await withSlapd(.with { $0.hashesClearText = hashes }) { slapd in
            let connection = try await connected(slapd)
            let change = Modification(.replace, "userPassword", text: ["a new and long password"])
            try await connection.modify(try DistinguishedName(slapd.person("alice")), [change])
            let stored = try await slapd.search("(uid=alice)", ["userPassword"]).first?["userPassword"]?.first
            #expect(stored?.hasPrefix("{SSHA}") == hashes)
        }
    }

    @Test("unlocks: an account is locked by failures, and opened by replacing the lock with nothing, twice")
    func unlock() async throws {
        try await withSlapd { slapd in
            let bob = slapd.person("bob")
            for _ in 0..<slapd.options.policy.maxFailure { #expect(try await slapd.bind(bob, "wrong password") == 49) }
            #expect(try await slapd.bind(bob, SlapdFixture.password) == 49)
            let connection = try await connected(slapd)
            let dn = try DistinguishedName(bob)
            #expect(
                try await connection.entry(dn, attributes: ["pwdAccountLockedTime"])?.has("pwdAccountLockedTime")
                    == true
            )
            for _ in 0..<2 { try await connection.modify(dn, [Modification(.replace, "pwdAccountLockedTime")]) }
            #expect(
                try await connection.entry(dn, attributes: ["pwdAccountLockedTime"])?.has("pwdAccountLockedTime")
                    == false
            )
            #expect(try await slapd.bind(bob, SlapdFixture.password) == 0)
        }
    }

    @Test("can be marked for change at the next bind, which the bind then says")
    func mustChange() async throws {
        try await withSlapd(.with { $0.policy.mustChange = true }) { slapd in
            let connection = try await connected(slapd)
            let alice = try DistinguishedName(slapd.person("alice"))
            try await connection.modify(
                alice,
                [
                    Modification(.replace, "userPassword", text: ["a new and long password"]),
                    Modification(.replace, "pwdReset", text: ["TRUE"]),
                ]
            )
            let own = try await LDAPConnection.open(try LDAPServer(slapd.uri))
            let said = try await own.bind(.simple(dn: alice, password: Array("a new and long password".utf8)))
            #expect(said?.error == .changeAfterReset)
        }
    }

    @Test("cannot be read, and other entries cannot be written, by the service account")
    func leastPrivilege() async throws {
        try await withSlapd { slapd in
            let connection = try await connected(slapd)
            let alice = try DistinguishedName(slapd.person("alice"))
            let entry = try await connection.entry(alice, attributes: ["uid", "userPassword"])
            #expect(entry?.has("uid") == true && entry?.has("userPassword") == false)
            let error = await #expect(throws: LDAPError.self) {
                try await connection.modify(alice, [Modification(.replace, "mail", text: ["x@example.com"])])
            }
            #expect(error?.code == .insufficientAccess)
        }
    }
}
