import Foundation
import LatchkeyTesting
import LocalAPI
import LocalClient
import Testing

@Suite("After the whole story, private values are nowhere but where they were sent")
struct SecrecyTests {
    private static let newPassword = "a new and longer one"
    private static let wrongPasswords = ["typed-wrongly-at-sign-in", "short-one", "typed-wrongly-at-ldap"]

    @Test("no password, code, number, address or key is in the log, the process, the state files or any listing")
    func nowhere() async throws {
        let options = DaemonOptions.with { $0.sections = "log: { level: trace }" }
        try await withSlapd { slapd in
            let daemon = try DaemonFixture(slapd, options)
            try await daemon.start()
            try await Self.story(slapd, daemon)
            let secrets = try Self.secrets(daemon)

            // The search finds what is there.
            let delivered = try daemon.spool.messages().map(\.to).joined(separator: " ")
            #expect(secrets.found(in: delivered).count >= 4)
            let ownFiles = try ["vault-key", "bind-password"].map {
                try String(contentsOfFile: daemon.folder.path($0), encoding: .utf8)
            }
            #expect(ownFiles.allSatisfy { !secrets.found(in: $0).isEmpty })

            try Self.expectCleanProcess(daemon, secrets)
            try await Self.expectCleanListings(daemon, secrets)
            try Self.expectCleanFiles(daemon, secrets)
            await daemon.kill()
            try Self.expectCleanFiles(daemon, secrets)
            try await daemon.restart()
            await daemon.stop()
            try Self.expectCleanFiles(daemon, secrets)
            #expect(daemon.log.contains("serves"))
            #expect(secrets.found(in: daemon.log).isEmpty)
        }
    }

    /// Registers, fails in every way that is refused, unlocks and resets.
    private static func story(_ slapd: SlapdFixture, _ daemon: DaemonFixture) async throws {
        let portal = daemon.portal
        let token = try await portal.enrol("alice", address: "zebra.private@mail.example", number: "+12025550142")
        _ = try await portal.send("POST", Routes.Frontend.signIns, text: Self.signIn("alice", wrongPasswords[0]))
        _ = try await portal.send("POST", Routes.Frontend.signIns, text: Self.signIn("nobody", wrongPasswords[0]))
        _ = try await portal.add("email", "unverified.private@mail.example", token: token)
        for _ in 0..<slapd.options.policy.maxFailure {
            _ = try await slapd.bind(slapd.person("alice"), wrongPasswords[2])
        }
        _ = try await portal.unlock(portal.provenReset("alice", "unlock"))
        let reset = try await portal.provenReset("alice")
        let refused = PasswordRequest(password: wrongPasswords[1])
        _ = try await portal.problem("PUT", Routes.Frontend.password, token: reset, refused)
        _ = try await portal.setPassword(newPassword, token: reset)
        _ = try await portal.signIn("alice", newPassword)
        // A code that was never answered.
        let open = try await portal.startReset("alice")
        _ = try await portal.challenge(open.methods[1].id, token: open.token ?? "")
    }

    private static func signIn(_ login: String, _ password: String) -> String {
        #"{"login":"\#(login)","password":"\#(password)"}"#
    }

    private static func secrets(_ daemon: DaemonFixture) throws -> Secrets {
        let codes = try daemon.spool.messages().compactMap(\.code)
        #expect(codes.count >= 5)
        let key = try #require(Data(base64Encoded: daemon.vaultKey))
        return Secrets(
            texts: [
                SlapdFixture.password, newPassword, "zebra.private@mail.example", "zebra.private", "zebra",
                "unverified.private", "+12025550142", "2025550142", "202 555 0142", daemon.vaultKey,
                key.map { String($0, radix: 16) }.joined(),
            ] + wrongPasswords,
            codes: codes
        )
    }

    private static func expectCleanProcess(_ daemon: DaemonFixture, _ secrets: Secrets) throws {
        let pid = try #require(daemon.pid)
        let command = try contents("/proc/\(pid)/cmdline")
        #expect(String(decoding: command, as: UTF8.self).contains("latchkeyd"))
        #expect(secrets.found(in: command).isEmpty)
        // The daemon gives up being dumpable: where the tests are not root's, this is refused, which is as good.
        if let environment = try? contents("/proc/\(pid)/environ") {
            #expect(secrets.found(in: environment).isEmpty)
        }
    }

    /// The kernel's files say that they are empty, so they are read to their end.
    private static func contents(_ path: String) throws -> Data {
        let handle = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
        defer { try? handle.close() }
        return try handle.readToEnd() ?? Data()
    }

    private static func expectCleanListings(_ daemon: DaemonFixture, _ secrets: Secrets) async throws {
        let verbs = [
            ["status"], ["users", "list"], ["users", "show", "alice"], ["users", "search", "alice"], ["roles", "list"],
            ["roles", "show", "staff"], ["methods", "list", "alice"], ["explain", "alice"], ["unlock", "alice"],
            ["sync"], ["sync", "--full"], ["sync", "--dry-run"], ["audit", "list", "--limit", "1000"],
            ["audit", "verify"],
        ]
        for verb in verbs {
            for options in [[], ["--json"]] {
                let outcome = try await daemon.control(options + verb)
                #expect(outcome.status == 0, "\(verb) \(options): \(outcome.errors)")
                #expect(!outcome.output.isEmpty, "\(verb) \(options)")
                #expect(secrets.found(in: outcome.output + outcome.errors).isEmpty, "\(verb) \(options)")
            }
        }
    }

    private static func expectCleanFiles(_ daemon: DaemonFixture, _ secrets: Secrets) throws {
        let files = try daemon.folder.stateFiles()
        #expect(files["vault.sqlite"] != nil && files["mirror.sqlite"] != nil)
        let key = try #require(Data(base64Encoded: daemon.vaultKey))
        for (name, data) in files {
            #expect(secrets.found(in: data).isEmpty, "\(name)")
            #expect(data.range(of: key) == nil, "\(name)")
        }
    }
}
