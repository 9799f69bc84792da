import Foundation
import LatchkeyTesting
import LocalAPI
import LocalClient
import Testing

/// Somebody without any proof floods the socket with what a front end passes on for anybody, as hard as the limits let
/// them, and Alice wants her account back meanwhile.
@Suite("A flooder, and the victim")
struct FloodTests {
    private static let address = "alice.private@mail.example"
    private static let number = "+12025550142"
    private static let victim = "198.51.100.7"

    private static let options = DaemonOptions.with {
        $0.policies = """
              - name: everybody
                methods: [email, mobile-phone, recovery-codes]
                register: { minimum: 2 }
                reset: { gates: 2 }
            """
        $0.may = "sign-in, register, reset, unlock, reset-link"
        $0.sections = """
            links: { baseURL: "https://account.example.org/reset" }
            limits:
              frontend: { sessionsPerMinute: 60 }
              global: { textsAndCallsPerDay: 6, reserve: 2 }
            """
    }

    /// Alice with a mailbox and a phone, and with nothing sent to anybody today.
    /// - Parameter hasCodes: recovery codes are slow to make in a daemon that is not optimised.
    private func with(
        hasCodes: Bool = false,
        _ body: (SlapdFixture, DaemonFixture, _ codes: [String]) async throws -> Void
    ) async throws {
        try await withSlapd { slapd in
            try await withDaemon(slapd, Self.options) { (daemon) async throws in
                let token = try await daemon.portal.enrol("alice", address: Self.address, number: Self.number)
                let codes = hasCodes ? try await Self.codes(daemon.portal, token) : []
                try await daemon.forgetDay()
                try await body(slapd, daemon, codes)
            }
        }
    }

    private static func codes(_ portal: PortalClient, _ token: String) async throws -> [String] {
        try #require(try await portal.addMethod(AddMethodRequest(kind: "recovery-codes"), token: token).codes)
    }

    @Test("cannot void a victim's link, nor keep one who has it and recovery codes from a reset")
    func links() async throws {
        try await with(hasCodes: true) { (slapd, daemon, codes) async throws in
            let alice = Client(daemon.portal, from: Self.victim)
            #expect(try await alice.askForLink("alice@example.com") == 202)
            try await eventually("the first link is there") { try Self.links(daemon).count == 1 }
            let flood = try await Flood(daemon.portal, victim: "alice", email: "alice@example.com").run()
            #expect(flood.count(of: 429) > 50, "the flood reaches the limits: \(flood.statuses)")
            // Nothing can be begun any more for a minute, and that is all: Alice has begun.
            #expect(try await Client(daemon.portal, from: "203.0.113.250").start("alice").status == 429)

            let reset = try await redeemed(Self.links(daemon), alice)
            #expect(reset.gates.required == 2 && reset.gates.passed == 1)
            let token = try #require(reset.token)
            let own = try #require(reset.methods.first { $0.kind == "recovery-codes" })
            let challenge = try await alice.challenge(own.id, token: token)
            for session in flood.sessions.prefix(2) {
                try await flood.answer(own.id, ["1-AAAA-AAAA-AAAA"], session: session)
            }
            let proven = try await alice.answer(challenge, codes[0], token: token)
            #expect(
                proven.gates.passed == 2,
                "strangers' failures do not count against her codes, nor end her challenge"
            )
            #expect(try await daemon.portal.setPassword("a new and longer one", token: token).outcome == "applied")
            #expect(try await slapd.bind(slapd.person("alice"), "a new and longer one") == 0)
        }
    }

    private static func links(_ daemon: DaemonFixture) throws -> [String] {
        try daemon.spool.messages().filter { $0.to == address }.compactMap { $0.link("token") }
    }

    /// With one of the links that are in the mailbox, whichever lives: exactly one does.
    private func redeemed(_ links: [String], _ alice: Client) async throws -> ResetDocument {
        var opened: [ResetDocument] = []
        for link in links {
            let answer = try await alice.redeem(link)
            #expect([201, 401].contains(answer.status), "\(answer.status)")
            if answer.status == 201 { opened.append(try APIJSON.decode(ResetDocument.self, from: answer.body)) }
        }
        #expect(opened.count == 1, "of \(links.count) links in the mailbox")
        return try #require(opened.first)
    }

    @Test("cannot spend a victim's last message: what was asked for from elsewhere leaves her own first one")
    func ownMessages() async throws {
        try await with { (_, daemon, _) async throws in
            let flooder = Client(daemon.portal, from: "203.0.113.1")
            let reset = try APIJSON.decode(ResetDocument.self, from: try await flooder.start("alice").body)
            let phone = try #require(reset.methods.first { $0.kind == "mobile-phone" })
            let token = try #require(reset.token)
            var statuses: [Int] = []
            for _ in 0..<12 { statuses.append(try await flooder.tryChallenge(phone.id, token: token).status) }
            #expect(statuses == [201, 201, 201] + Array(repeating: 429, count: 9))

            let alice = Client(daemon.portal, from: Self.victim)
            let own = try #require(
                try APIJSON.decode(ResetDocument.self, from: try await alice.start("alice").body).token
            )
            let before = try await Self.texts(3, daemon)
            let challenge = try await alice.challenge(phone.id, token: own)
            try await eventually("her text is there") { try Self.texts(daemon).count == before + 1 }
            let code = try #require(try Self.texts(daemon).last?.code)
            #expect(try await alice.answer(challenge, code, token: own).gates.passed == 1)
        }
    }

    @Test("cannot spend the day's texts so that a victim's first one is not delivered")
    func dayOfOthers() async throws {
        try await with { (_, daemon, _) async throws in
            let flooder = Client(daemon.portal, from: "203.0.113.1")
            for (number, login) in ["bob", "carol", "dave"].enumerated() {
                let address = "\(login).private@mail.example"
                try await daemon.portal.enrol(login, address: address, number: "+1202555015\(number)")
            }
            try await daemon.forgetDay()
            let before = try Self.texts(daemon).count
            for login in ["bob", "carol", "dave"] {
                let reset = try APIJSON.decode(ResetDocument.self, from: try await flooder.start(login).body)
                let phone = try #require(reset.methods.first { $0.kind == "mobile-phone" })
                for _ in 0..<3 { _ = try await flooder.tryChallenge(phone.id, token: try #require(reset.token)) }
            }
            try await eventually("the day's texts are spent") {
                try await daemon.records(of: "message.dropped").contains { $0.details["reason"] == "day-budget" }
            }
            let alice = Client(daemon.portal, from: Self.victim)
            let started = try APIJSON.decode(ResetDocument.self, from: try await alice.start("alice").body)
            let token = try #require(started.token)
            let phone = try #require(started.methods.first { $0.kind == "mobile-phone" })
            let challenge = try await alice.challenge(phone.id, token: token)
            func texts(isOwn: Bool) throws -> [SpooledMessage] {
                try Self.texts(daemon).dropFirst(before).filter { ($0.to == Self.number) == isOwn }
            }
            try await eventually("her text is there") { try texts(isOwn: true).count == 1 }
            let spent = try texts(isOwn: false).count
            #expect((6...8).contains(spent), "six a day, and a reserve of two: \(spent)")
            let code = try #require(try texts(isOwn: true).last?.code)
            #expect(try await alice.answer(challenge, code, token: token).gates.passed == 1)
        }
    }

    private static func texts(_ daemon: DaemonFixture) throws -> [SpooledMessage] {
        try daemon.spool.messages().filter { $0.kind == "text" }
    }

    /// How many texts there are, once there are so many more than the one of the enrolment.
    private static func texts(_ more: Int, _ daemon: DaemonFixture) async throws -> Int {
        try await eventually("\(more) texts") { try texts(daemon).count == 1 + more }
        return 1 + more
    }
}
