import Foundation
import LatchkeyTesting
import LocalAPI
import LocalClient
import Testing

/// P4, with the example policies as they are shipped.
@Suite("P4: a software company's enrolment")
struct EnrolmentTests {
    @Test("a phone by text, then an address by code; what is listed is enrolled", arguments: ["text", "call"])
    func story(via: String) async throws {
        try await withSlapd { slapd in
            try await withDaemon(slapd, try ExampleService.enrolment.options) { daemon in
                let portal = daemon.portal
                let token = try await portal.signIn("bob").token
                let phone = try await portal.add("mobile-phone", "+12025550143", token: token)
                try await proves(phone, via, daemon, token)
                let listed = try await portal.registration(token)
                #expect(listed.state == "incomplete")
                #expect(listed.methods.filter { $0.state == "verified" }.map(\.kind) == ["mobile-phone"])
                try await portal.register("email", "bob.private@mail.example", token: token)
                let enrolled = try await portal.registration(token)
                #expect(enrolled.state == "complete" && enrolled.methods.allSatisfy { $0.state == "verified" })
                // Enrolled is who is listed: the reset offers both and takes both.
                let reset = try await portal.startReset("bob")
                #expect(Set(reset.methods.map(\.kind)) == ["mobile-phone", "email"])
                let proven = try await portal.provenReset("bob")
                #expect(try await portal.setPassword("a new and longer one", token: proven).outcome == "applied")
            }
        }
    }

    private func proves(_ phone: MethodDocument, _ via: String, _ daemon: DaemonFixture, _ token: String) async throws {
        let before = daemon.spool.newest
        let challenge = try await daemon.portal.openChallenge(phone.id, via: via, token: token)
        let message = try await daemon.spool.message(after: before)
        #expect(message.kind == (via == "call" ? "voice" : "text") && message.via == via)
        if via == "call" {
            #expect(try await daemon.portal.press("#", in: try #require(message.callId)) == 204)
        } else {
            let code = try #require(message.code)
            try await daemon.portal.answer(challenge, AnswerRequest(code: code), token: token)
        }
    }

    @Test("two thousand wrong codes at once from many connections are checked exactly as often as the limit says")
    func flood() async throws {
        try await withSlapd { slapd in
            try await withDaemon(slapd, try ExampleService.enrolment.options) { daemon in
                let portal = daemon.portal
                try await portal.enrol("bob", address: "bob.private@mail.example", number: "+12025550143")
                let reset = try await portal.startReset("bob")
                let token = try #require(reset.token)
                let challenge = try await portal.challenge(reset.methods[0].id, token: token)
                let path = Routes.fill(Routes.Frontend.resetResponse, challenge.id)
                let body = try APIJSON.encode(AnswerRequest(code: "not it"))
                let statuses = try await withThrowingTaskGroup(of: [Int].self) { group in
                    for _ in 0..<50 {
                        group.addTask {
                            var statuses: [Int] = []
                            for _ in 0..<40 {
                                statuses.append(try await portal.send("POST", path, token: token, body: body).status)
                            }
                            return statuses
                        }
                    }
                    return try await group.reduce(into: []) { $0 += $1 }
                }
                #expect(statuses.count == 2000)
                #expect(statuses.count { $0 == 422 } == 5, "five were looked at")
                #expect(statuses.allSatisfy { [422, 409, 429, 503].contains($0) })
                let listed = try await daemon.control("--json", "audit", "list", "--limit", "1000")
                let records = try APIJSON.decode(
                    ListDocument<AuditRecordDocument>.self,
                    from: Data(listed.output.utf8)
                ).items
                let failed = records.filter { $0.action == "challenge.answered" && $0.result == "failed" }
                #expect(failed.count == 5)
            }
        }
    }

    @Test("a flood of sign-ins never locks the directory account, as its own counters say")
    func signInFlood() async throws {
        try await withSlapd { slapd in
            try await withDaemon(slapd, try ExampleService.enrolment.options) { daemon in
                for _ in 0..<30 {
                    let request = SignInRequest(login: "bob", password: "not this one")
                    let problem = try await daemon.portal.problem("POST", Routes.Frontend.signIns, request)
                    #expect(problem.status == 401 || problem.status == 429)
                }
                let entries = try await slapd.search("(uid=bob)", ["pwdFailureTime", "pwdAccountLockedTime"])
                let bob = try #require(entries.first)
                #expect(bob["pwdFailureTime", default: []].count <= max(1, slapd.options.policy.maxFailure / 2))
                #expect(bob["pwdAccountLockedTime"] == nil)
                #expect(try await slapd.bind(slapd.person("bob"), SlapdFixture.password) == 0)
            }
        }
    }
}
