import Foundation
import LatchkeyTesting

struct WrittenOpenLDAP: WrittenDirectory {
    let slapd: SlapdFixture

    static func options(_ policy: WrittenPolicy) -> SlapdOptions {
        .with {
            $0.content = people
            $0.policy.minLength = policy.minimumLength
            $0.policy.inHistory = policy.history
            $0.policy.minAge = policy.minimumAge
            $0.policy.maxIdle = policy.idleLimit
            $0.policy.mustChange = true
            // The time of the last sign-in is what idleness is counted from.
            if policy.idleLimit > 0 { $0.databaseLines = "lastbind on" }
        }
    }

    /// With an id for Bob, so that he is the same on each server that is made from it.
    private static let people = SlapdContent.people(
        below: SlapdOptions().suffix,
        passwordHash: SlapdFixture.password
    )
    .replacingOccurrences(of: "uid: bob\n", with: "uid: bob\nentryUUID: 3f0a5c7e-9d1b-4e7a-8c55-0b0b0b0b0b0b\n")

    var daemonDirectory: DaemonDirectory {
        var directory = DaemonDirectory(slapd)
        directory.users += "\ndisabledWhen: (employeeType=left)"
        return directory
    }
    var endpoint: (host: String, port: UInt16) { ("127.0.0.1", slapd.port) }
    var password: String { SlapdFixture.password }
    private var bob: String { slapd.person("bob") }

    func canBind(_ password: String) async throws -> Bool { try await slapd.bind(bob, password) == 0 }

    func lockOut() async throws {
        for _ in 0..<slapd.options.policy.maxFailure { _ = try await slapd.bind(bob, "wrong") }
    }

    func prepare(_ state: AccountObstacle) async throws -> Bool? {
        switch state {
        case .permanentLock: try await replace("pwdAccountLockedTime", "000001010000Z")
        case .disabled: try await replace("employeeType", "left")
        case .notYetValid: try await replace("pwdStartTime", "20990101000000Z")
        case .expired: try await replace("pwdEndTime", "20200101000000Z")
        case .idle: try await makeIdle()
        case .protected: try await replace("title", "Protected")
        }
        return true
    }

    /// Nobody but slapd writes when Bob was here last: the policy's patience is made shorter than that is ago.
    private func makeIdle() async throws {
        try await slapd.modify(
            "dn: cn=default,ou=policies,\(slapd.suffix)\nchangetype: modify\nreplace: pwdMaxIdle\npwdMaxIdle: 1\n"
        )
        let begin = ContinuousClock.now
        try await eventually("two seconds pass") { ContinuousClock.now - begin > .seconds(2) }
        guard try await !canBind(password) else { throw TestError("slapd knows no idleness") }
    }

    private func replace(_ attribute: String, _ value: String) async throws {
        let change = "dn: \(bob)\nchangetype: modify\nreplace: \(attribute)\n\(attribute): \(value)\n"
        try await slapd.modify(change)
    }

    func requireChange() async throws { try await replace("pwdReset", "TRUE") }

    func mustChange() async throws -> Bool {
        try await slapd.search("(uid=bob)", ["pwdReset"]).first?["pwdReset"] == ["TRUE"]
    }

    func revokeWriting() async throws {
        let rule = "{0}to attrs=userPassword by self =xw by anonymous auth by * none"
        let lock = "{0}to attrs=pwdAccountLockedTime by dn.exact=\(slapd.service) =rs by * none"
        try await slapd.modify(
            "dn: olcDatabase={1}mdb,cn=config\nchangetype: modify\nadd: olcAccess\nolcAccess: \(rule)\nolcAccess: \(lock)\n"
        )
    }

    func start() async throws { try await slapd.start() }
    func kill() async { await slapd.kill() }
}
