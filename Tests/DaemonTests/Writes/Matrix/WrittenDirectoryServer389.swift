import LatchkeyTesting

struct WrittenDirectoryServer389: WrittenDirectory {
    let server: DirectoryServer389Fixture

    static func options(_ policy: WrittenPolicy) -> DirectoryServer389Options {
        .with {
            $0.configuration = [
                "passwordCheckSyntax": "on", "passwordMinLength": "\(policy.minimumLength)",
                "passwordMinCategories": "1", "passwordMinTokenLength": "3",
                "passwordHistory": policy.history > 0 ? "on" : "off", "passwordInHistory": "\(max(1, policy.history))",
                "passwordMinAge": "\(policy.minimumAge)",
            ]
        }
    }

    var daemonDirectory: DaemonDirectory {
        DaemonDirectory(
            uri: server.uri,
            service: server.service,
            password: DirectoryServer389Fixture.password,
            users: "base: \"ou=people,\(server.suffix)\"\nfilter: (objectClass=inetOrgPerson)",
            roles: "base: \"ou=groups,\(server.suffix)\"\nfilter: (objectClass=groupOfNames)"
        )
    }
    var endpoint: (host: String, port: UInt16) { ("127.0.0.1", server.port) }
    var password: String { DirectoryServer389Fixture.password }
    private var bob: String { server.person("bob") }

    func canBind(_ password: String) async throws -> Bool { try await server.bind(bob, password) == 0 }

    func lockOut() async throws { for _ in 0..<4 { _ = try await server.bind(bob, "wrong") } }

    func prepare(_ state: AccountObstacle) async throws -> Bool? {
        switch state {
        case .disabled: try await replace("nsAccountLock", "true")
        case .protected: try await replace("title", "Protected")
        case .idle: try await makeIdle()
        case .permanentLock, .notYetValid, .expired: return nil
        }
        return true
    }

    /// The plugin Account Policy, with a rule for Bob.
    private func makeIdle() async throws {
        try await server.add(
            """
            dn: cn=idle,\(server.suffix)
            objectClass: top
            objectClass: extensibleObject
            objectClass: accountpolicy
            objectClass: ldapsubentry
            cn: idle
            accountInactivityLimit: 60

            """
        )
        try await replace("acctPolicySubentry", "cn=idle,\(server.suffix)")
        try await replace("lastLoginTime", "20200101000000Z")
    }

    private func replace(_ attribute: String, _ value: String) async throws {
        let change = "dn: \(bob)\nchangetype: modify\nreplace: \(attribute)\n\(attribute): \(value)\n"
        try await server.modify(change)
    }

    /// The service account has chosen its password, or it would have to choose another one before anything else.
    func requireChange() async throws {
        for (dn, time) in [(server.service, "19700101000001Z"), (bob, "19700101000000Z")] {
            try await server.modify(
                "dn: \(dn)\nchangetype: modify\nreplace: passwordExpirationTime\npasswordExpirationTime: \(time)\n"
            )
        }
        try await server.modify(
            "dn: cn=config\nchangetype: modify\nreplace: passwordMustChange\npasswordMustChange: on\n"
        )
    }

    func mustChange() async throws -> Bool {
        let found = try await server.search("(uid=bob)", ["passwordExpirationTime"]).first
        return found?["passwordExpirationTime"] == ["19700101000000Z"]
    }

    func revokeWriting() async throws { try await server.revokeWriting() }
    func start() async throws { try await server.start() }
    func kill() async { await server.kill() }
}
