import Foundation
import LatchkeyTesting
import LocalAPI
import LocalClient
import Testing

/// `LATCHKEY_RACES` sets how often each is raced for; `make torture` does it long.
private let rounds = ProcessInfo.processInfo.environment["LATCHKEY_RACES"].flatMap(Int.init) ?? 100

/// Two hold the same thing and use it at the same moment, on connections of their own to a real daemon beside a real
/// slapd, and in each eighth round eight do: exactly one of them wins, each time.
@Suite("Torture: the same thing at once, on the socket")
struct RaceTortureTests {
    @Test("one link is redeemed by one, and of two passwords in its session one is written, the one that was promised")
    func linksAndSessions() async throws {
        try await Race.with(people: rounds, Race.mailbox) { (slapd, daemon) async throws in
            var (links, sessions) = (Tally(), Tally())
            for round in 0..<rounds {
                let login = Race.login(round)
                let link = try await daemon.portal.link("\(login)@example.com")
                let redeemed = try await Race.atOnce(round, daemon) { _ in
                    try RaceRequest("POST", Routes.Frontend.resets, StartResetRequest(linkToken: link))
                }
                links.note(redeemed, wins: 201, loses: [401])
                let won = try #require(redeemed.first { $0.status == 201 })
                let token = try #require(try APIJSON.decode(ResetDocument.self, from: won.body).token)
                let written = try await Race.atOnce(round, daemon) { number in
                    let request = PasswordRequest(password: Self.password(round, number))
                    return try RaceRequest("PUT", Routes.Frontend.password, token: token, request)
                }
                // Who comes when all is over finds the session ended, as by any applied password.
                sessions.note(written, wins: 200, loses: [409, 401])
                for (number, answer) in written.enumerated().prefix(2) {
                    let isTheOne = try await slapd.bind(slapd.person(login), Self.password(round, number)) == 0
                    #expect(isTheOne == (answer.status == 200), "\(login) \(number): \(answer.status)")
                }
            }
            #expect(links.wonByOne == rounds && links.others.isEmpty, "\(links)")
            #expect(sessions.wonByOne == rounds && sessions.others.isEmpty, "\(sessions)")
            #expect(try await daemon.document(AuditVerificationDocument.self, "audit", "verify").intact)
            print("races for a link: \(links); for a session: \(sessions)")
        }
    }

    private static func password(_ round: Int, _ number: Int) -> String { "password \(number) of round \(round)" }

    @Test("one code passes once")
    func codes() async throws {
        // Three messages to a mailbox need no pause.
        try await Race.with(people: rounds / 3 + 1, Race.mailbox) { (_, daemon) async throws in
            var codes = Tally()
            for round in 0..<rounds {
                let reset = try await daemon.portal.startReset(Race.login(round / 3))
                let (token, method) = (try #require(reset.token), try #require(reset.methods.first))
                let before = daemon.spool.newest
                let challenge = try await daemon.portal.challenge(method.id, token: token)
                let answer = AnswerRequest(code: try await daemon.spool.newestCode(after: before))
                let path = Routes.fill(Routes.Frontend.resetResponse, challenge.id)
                let answers = try await Race.atOnce(round, daemon) { _ in
                    try RaceRequest("POST", path, token: token, answer)
                }
                codes.note(answers, wins: 200, loses: [409])
                #expect(try await daemon.portal.current(token).gates.passed == 1)
            }
            #expect(codes.wonByOne == rounds && codes.others.isEmpty, "\(codes)")
            print("races for a code: \(codes)")
        }
    }

    @Test("one step of an authenticator passes in one of many sessions of its owner")
    func steps() async throws {
        try await Race.with(people: rounds, Race.app) { (_, daemon) async throws in
            var steps = Tally()
            for round in 0..<rounds {
                let login = Race.login(round)
                let app = try await Self.enrol(login, daemon.portal)
                var requests: [RaceRequest] = []
                // The step after the one that verified the app; clocks may be one off.
                let answer = AnswerRequest(code: try await app.code(later: 1))
                for _ in 0..<Race.contenders(round) {
                    let reset = try await daemon.portal.startReset(login)
                    let (token, method) = (try #require(reset.token), try #require(reset.methods.first))
                    let challenge = try await daemon.portal.challenge(method.id, token: token)
                    let path = Routes.fill(Routes.Frontend.resetResponse, challenge.id)
                    requests.append(try RaceRequest("POST", path, token: token, answer))
                }
                let answers = try await Race.atOnce(round, daemon) { [requests] in requests[$0] }
                steps.note(answers, wins: 200, loses: [422])
            }
            #expect(steps.wonByOne == rounds && steps.others.isEmpty, "\(steps)")
            print("races for a step of an authenticator: \(steps)")
        }
    }

    private static func enrol(_ login: String, _ portal: PortalClient) async throws -> StandardApp {
        let token = try await portal.signIn(login).token
        let added = try await portal.addMethod(AddMethodRequest(kind: "authenticator"), token: token)
        let app = StandardApp(secret: try #require(added.secret))
        let challenge = try await portal.openChallenge(added.method.id, token: token)
        try await portal.answer(challenge, AnswerRequest(code: try await app.code()), token: token)
        return app
    }
}
