import Foundation
import LatchkeyTesting
import LocalAPI
import LocalClient

/// Bob, registered, in two directories: what he resets in the first is written to the second after it.
struct LinkedScene {
    let first: any WrittenDirectory
    let second: any WrittenDirectory
    let daemon: DaemonFixture
    /// Before the second directory.
    let line: LDAPFaultProxy
    var portal: PortalClient { daemon.portal }

    static let name = "branch"
    static let newPassword = WriteScene.newPassword

    func write(_ password: String = Self.newPassword) async throws -> OutcomeDocument {
        try await portal.setPassword(password, token: portal.provenReset("bob"))
    }

    /// Name, outcome and reason of each directory.
    static func told(_ directories: [DirectoryOutcomeDocument]?) -> [String] {
        (directories ?? []).map { [$0.name, $0.outcome, $0.reason].compactMap { $0 }.joined(separator: " ") }
    }

    /// What the audit says of Bob's passwords.
    func audited() async throws -> [String] {
        try await daemon.records(of: "password.written").map { record in
            let words = [record.details["directory"] ?? "directory", record.result, record.details["reason"]]
            return words.compactMap { $0 }.joined(separator: " ")
        }
    }

    /// Mails that say in which directory the password was kept.
    func kept() throws -> [SpooledMessage] {
        try daemon.spool.messages().filter { $0.subject == "Your password was not changed everywhere" }
    }

    // MARK: Setting it up

    private static let policies = """
          - name: everybody
            methods: [email]
            register: { minimum: 1 }
            reset: { gates: 1 }
        """

    static func with(
        _ first: WrittenProduct = .openLDAP,
        _ firstPolicy: WrittenPolicy = WrittenPolicy(),
        then second: WrittenProduct = .openLDAP,
        _ secondPolicy: WrittenPolicy = WrittenPolicy(),
        _ body: (LinkedScene) async throws -> Void
    ) async throws {
        try await first.run(firstPolicy) { (one) async throws in
            try await second.run(secondPolicy) { (two) async throws in
                let line = try LDAPFaultProxy(before: two.endpoint.port, of: two.endpoint.host)
                var target = two.daemonDirectory
                target.uri = line.uri
                let match = second == .samba ? "sAMAccountName" : "uid"
                let linked = DaemonDirectory.Linked(name: name, target, match: match)
                try await run(one, two, line, linked, body)
            }
        }
    }

    private static func run(
        _ first: any WrittenDirectory,
        _ second: any WrittenDirectory,
        _ line: LDAPFaultProxy,
        _ linked: DaemonDirectory.Linked,
        _ body: (LinkedScene) async throws -> Void
    ) async throws {
        let options = DaemonOptions.with {
            $0.policies = policies
            $0.linked = [linked]
            $0.sections = "protected: { roles: [nobody-at-all], filter: (title=Protected) }"
        }
        let daemon = try DaemonFixture(first.daemonDirectory, options)
        try await daemon.start()
        do {
            let token = try await daemon.portal.signIn("bob", first.password).token
            try await daemon.portal.register("email", "bob.private@mail.example", token: token)
            try await body(LinkedScene(first: first, second: second, daemon: daemon, line: line))
            await daemon.stop()
        } catch {
            await daemon.kill()
            throw error
        }
    }
}
