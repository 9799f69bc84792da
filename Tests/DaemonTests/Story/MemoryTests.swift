import Foundation
import LatchkeyTesting
import LocalAPI
import LocalClient
import Testing

/// What is freed is overwritten (CHeap): so nothing private outlives the request that brought it. Except for texts of at
/// most 15 bytes, such as phone numbers: Swift keeps them in the String itself, which may stand on a thread's stack.
@Suite("The daemon's memory")
struct MemoryTests {
    private static let newPassword = "Zanzibar-harpsichord-4471"
    private static let address = "bob.private@mail.example"
    private static let answers = ["colour": "ultramarine and a little ochre", "city": "Samarkand before the rain"]

    private static let policy = """
          - name: everybody
            methods: [email, mobile-phone, authenticator, recovery-codes, security-questions]
            questions:
              register: 2
              answer: 2
              bank: [{ id: colour, text: "Colour?" }, { id: city, text: "City?" }]
            register: { minimum: 1 }
            reset: { gates: 2 }
        """

    @Test(
        "holds nothing private once a request is answered: passwords, addresses, seeds, answers, recovery codes, tokens"
    )
    func wiped() async throws {
        try await withSlapd { slapd in
            try await withDaemon(slapd, DaemonOptions.with { $0.policies = Self.policy }) { daemon in
                let secrets = try await Self.story(daemon)
                let pid = try #require(daemon.pid)
                let own = try await ProcessMemory.counts(
                    of: [SlapdFixture.password],
                    in: pid,
                    folder: daemon.folder.url
                )
                #expect(own.count == 1 && own[0] > 0, "the search finds what is needed: the service account's password")
                // An answer's buffers go a moment after the answer.
                var left: [String] = []
                _ = try await eventually {
                    left = try await Self.left(secrets, pid, daemon.folder.url)
                    return left.isEmpty
                }
                #expect(left == [])
            }
        }
    }

    @Test("is never written to a core file, whatever the limit was that the process began with")
    func dumps() async throws {
        try await withSlapd { slapd in
            let daemon = try DaemonFixture(slapd)
            try await daemon.launch(through: ["/bin/sh", "-c", "ulimit -c unlimited && exec \"$@\"", "sh"])
            try await daemon.answers("/health")
            let pid = try #require(daemon.pid)
            let limits = try String(contentsOfFile: "/proc/\(pid)/limits", encoding: .utf8).split(separator: "\n")
            let core = try #require(limits.first { $0.hasPrefix("Max core file size") })
            let numbers = core.matches(of: /\b(\d+|unlimited)\b/).map { String($0.1) }
            #expect(numbers == ["0", "0"])
            await daemon.stop()
        }
    }

    /// The names of what is still there.
    private static func left(_ secrets: [String: String], _ pid: Int32, _ folder: URL) async throws -> [String] {
        let names = secrets.keys.sorted()
        let counts = try await ProcessMemory.counts(of: names.compactMap { secrets[$0] }, in: pid, folder: folder)
        return zip(names, counts).filter { $0.1 != 0 }.map(\.0)
    }

    private static func story(_ daemon: DaemonFixture) async throws -> [String: String] {
        let portal = daemon.portal
        let token = try await portal.enrol("bob", address: address, number: "+12025550143")
        let app = try await portal.addMethod(AddMethodRequest(kind: "authenticator"), token: token)
        let codes = try await portal.addMethod(AddMethodRequest(kind: "recovery-codes"), token: token)
        _ = try await portal.setAnswers(answers, token: token)
        let reset = try await portal.provenReset("bob")
        _ = try await portal.setPassword(newPassword, token: reset)
        _ = try await portal.signIn("bob", newPassword)
        var secrets = [
            "password": newPassword, "address": address, "session token": token,
            "reset token": reset, "vault key": daemon.vaultKey,
        ]
        let (seed, code): (String, String) = (try #require(app.secret), try #require(codes.codes?.first))
        (secrets["seed"], secrets["recovery code"]) = (seed, code)
        for (question, answer) in answers { secrets["answer \(question)"] = answer }
        return secrets
    }
}
