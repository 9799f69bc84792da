import Foundation
import LatchkeyTesting
import LocalAPI
import LocalClient
import Testing

/// What a stranger types wrong, and what Alice may still type where she has proven before that she is Alice.
@Suite("A stranger's wrong codes, and a place where the owner is known")
struct KnownPlaceTests {
    private static let address = "alice.private@mail.example"
    private static let (home, elsewhere) = ("198.51.100.7", "203.0.113.1")

    private static let options = DaemonOptions.with {
        $0.policies = """
              - name: everybody
                methods: [email, mobile-phone]
                register: { minimum: 2 }
                reset: { gates: 1 }
            """
    }

    private struct Asked {
        let client: Client
        let token: String
        let challenge: ChallengeDocument
        let code: String
    }

    private func ask(_ daemon: DaemonFixture, from place: String) async throws -> Asked {
        let client = Client(daemon.portal, from: place)
        let reset = try APIJSON.decode(ResetDocument.self, from: try await client.start("alice").body)
        let token = try #require(reset.token)
        let mail = try #require(reset.methods.first { $0.kind == "email" })
        let before = try Self.codes(daemon).count
        let challenge = try await client.challenge(mail.id, token: token)
        try await eventually("the code is there") { try Self.codes(daemon).count > before }
        return Asked(client: client, token: token, challenge: challenge, code: try #require(Self.codes(daemon).last))
    }

    private static func codes(_ daemon: DaemonFixture) throws -> [String] {
        try daemon.spool.messages().filter { $0.to == address }.compactMap(\.code)
    }

    @Test("five wrong codes from elsewhere stop who comes from there, and neither her code nor her next reset")
    func strangers() async throws {
        try await withSlapd { slapd in
            try await withDaemon(slapd, Self.options) { (daemon) async throws in
                try await daemon.portal.enrol("alice", address: Self.address, number: "+12025550142")
                try await daemon.forgetDay()
                let first = try await ask(daemon, from: Self.home)
                _ = try await first.client.answer(first.challenge, first.code, token: first.token)
                try await daemon.forgetDay()

                let own = try await ask(daemon, from: Self.home)
                let stranger = try await ask(daemon, from: Self.elsewhere)
                let path = Routes.fill(Routes.Frontend.resetResponse, stranger.challenge.id)
                for _ in 0..<5 {
                    let wrong = try await stranger.client.send(
                        path,
                        token: stranger.token,
                        AnswerRequest(code: "wrong")
                    )
                    #expect(wrong.status == 422, "\(wrong.status)")
                }
                let mail = try #require(
                    try APIJSON.decode(ResetDocument.self, from: try await stranger.client.start("alice").body)
                        .methods.first { $0.kind == "email" }
                )
                let more = try await stranger.client.tryChallenge(mail.id, token: stranger.token)
                #expect(more.status == 429, "whoever comes from there has to wait: \(more.status)")
                #expect(try await own.client.answer(own.challenge, own.code, token: own.token).gates.passed == 1)
                let next = try await ask(daemon, from: Self.home)
                #expect(try await next.client.answer(next.challenge, next.code, token: next.token).gates.passed == 1)
            }
        }
    }
}
