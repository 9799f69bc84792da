import LatchkeyTesting

struct WrittenSamba: WrittenDirectory {
    let samba: SambaFixture

    private static let secondsPerStep = 10_000_000

    func set(_ policy: WrittenPolicy) async throws {
        for (attribute, value) in [
            ("minPwdLength", policy.minimumLength), ("pwdHistoryLength", policy.history),
            ("minPwdAge", -policy.minimumAge * Self.secondsPerStep),
        ] {
            try await samba.modify(SambaContent.replace(attribute, "\(value)", of: samba.suffix))
        }
    }

    var daemonDirectory: DaemonDirectory {
        DaemonDirectory(
            uri: "ldap://\(samba.address)",
            service: samba.service,
            password: SambaFixture.password,
            users: """
                base: "OU=Staff,\(samba.suffix)"
                filter: (&(objectCategory=person)(objectClass=user))
                attributes: { login: sAMAccountName }
                """,
            roles: "base: \"OU=Groups,\(samba.suffix)\"\nfilter: (objectClass=group)"
        )
    }
    var endpoint: (host: String, port: UInt16) { (samba.address, 389) }
    var password: String { SambaFixture.password }
    private var bob: String { samba.person("bob") }

    func canBind(_ password: String) async throws -> Bool { try await samba.canBind("bob", password) }

    func lockOut() async throws { for _ in 0..<3 { try await samba.failToBind("bob") } }

    func prepare(_ state: AccountObstacle) async throws -> Bool? {
        switch state {
        // NORMAL_ACCOUNT and ACCOUNTDISABLE.
        case .disabled: try await replace("userAccountControl", "514")
        // A day of the year 2001.
        case .expired: try await replace("accountExpires", "126227808000000000")
        case .protected: try await replace("adminCount", "1")
        case .permanentLock, .notYetValid, .idle: return nil
        }
        return true
    }

    private func replace(_ attribute: String, _ value: String) async throws {
        try await samba.modify(SambaContent.replace(attribute, value, of: bob))
    }

    func requireChange() async throws { try await replace("pwdLastSet", "0") }

    func mustChange() async throws -> Bool {
        try await samba.search("(sAMAccountName=bob)", ["pwdLastSet"]).first?["pwdLastSet"] == ["0"]
    }

    func revokeWriting() async throws { try await samba.revokeWriting() }
    func start() async throws { try await samba.start() }
    func kill() async { await samba.kill() }
}
