import Foundation
import LatchkeyTesting
import LocalAPI
import LocalClient
import Testing

@Suite("Somebody registered, somebody who is not, and nobody get the same answers")
struct UniformAnswersTests {
    /// Alice is registered, Bob is not, and the third does not exist.
    private static let logins = ["alice", "bob", "nobody-at-all"]

    private static let onePolicy = DaemonOptions.with {
        $0.policies = """
              - name: everybody
                methods: [email, mobile-phone]
                register: { minimum: 2 }
                reset: { gates: 2 }
            """
    }

    @Test("at the start, at a challenge, at wrong codes and at the limit", arguments: ["reset", "unlock"])
    func uniform(purpose: String) async throws {
        try await withSlapd { slapd in
            try await withDaemon(slapd, Self.onePolicy) { daemon in
                try await daemon.portal.enrol("alice", address: "alice.private@mail.example", number: "+12025550142")
                let enrolled = daemon.spool.newest
                var courses: [Course] = []
                for login in Self.logins {
                    courses.append(try await Self.course(login, purpose, daemon.portal))
                }
                let alice = try #require(courses.first)
                #expect(alice.steps.map(\.status) == [201, 201, 422, 422, 422, 422, 422, 409, 429, 201, 409])
                #expect(courses.allSatisfy { $0 == alice })
                // Only the person who exists got messages: one for each challenge that was opened for her.
                _ = try await daemon.spool.message(after: enrolled + 1)
                let fresh = try daemon.spool.messages().dropFirst(enrolled)
                #expect(fresh.count == 2)
                #expect(Set(fresh.map(\.to)).isSubset(of: ["alice.private@mail.example", "+12025550142"]))
            }
        }
    }

    @Test("methods of a decoy stay the same over sessions, names and restarts, as a person's do")
    func stable() async throws {
        try await withSlapd { slapd in
            try await withDaemon(slapd, Self.onePolicy) { daemon in
                try await daemon.portal.enrol("alice", address: "alice.private@mail.example", number: "+12025550142")
                var seen: [String: [ResetDocument.Method]] = [:]
                for login in Self.logins {
                    seen[login] = try await daemon.portal.startReset(login).methods
                    #expect(try await daemon.portal.startReset(login.uppercased()).methods == seen[login], "\(login)")
                    #expect(try await daemon.portal.startReset(" \(login) ").methods == seen[login], "\(login)")
                }
                // By the directory's address: Bob, who is not registered, must not differ from Alice, who is.
                for login in ["alice", "bob"] {
                    #expect(try await daemon.portal.startReset("\(login)@example.com").methods == seen[login])
                }
                let ids = seen.values.joined().map(\.id)
                #expect(ids.allSatisfy { $0.count == 32 } && Set(ids).count == ids.count)
                try await daemon.restart()
                for login in Self.logins {
                    #expect(try await daemon.portal.startReset(login).methods == seen[login], "\(login)")
                }
            }
        }
    }

    @Test("a thousand names that nobody has leave no row but sessions and challenges, which go with their time")
    func rows() async throws {
        try await withSlapd { slapd in
            var options = Self.onePolicy
            options.sections = "limits: { frontend: { sessionsPerMinute: 100000 } }"
            try await withDaemon(slapd, options) { (daemon) async throws in
                let lasting = ["registration", "method", "recent_policy", "link"]
                let before = try await VaultRows(lasting, of: daemon)
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for part in 0..<10 {
                        group.addTask { try await Self.ask(for: (0..<100).map { "nobody-\(part)-\($0)" }, daemon) }
                    }
                    try await group.waitForAll()
                }
                #expect(try await VaultRows(["session"], of: daemon).count == 1000)
                try await eventually("the messages have gone nowhere") {
                    try await VaultRows(["message"], of: daemon).count == 0
                }
                #expect(try daemon.spool.messages().isEmpty)
                try await daemon.age("session", "expires_at", seconds: 3600)
                // Each beginning takes fifty of those with it that are over.
                for number in 0..<21 { _ = try await daemon.portal.startReset("somebody-\(number)") }
                #expect(try await VaultRows(["session"], of: daemon).count == 21)
                #expect(try await VaultRows(["challenge"], of: daemon).count == 0)
                #expect(try await VaultRows(lasting, of: daemon) == before)
            }
        }
    }

    /// Each name and a code for it, all on one connection.
    private static func ask(for logins: [String], _ daemon: DaemonFixture) async throws {
        let connection = try await LocalConnection.connect(socketPath: daemon.folder.frontendSocket)
        for login in logins {
            let begin = StartResetRequest(login: login, purpose: "reset")
            let (resets, challenges) = (Routes.Frontend.resets, Routes.Frontend.resetChallenges)
            let reset = try await connection.call(ResetDocument.self, "POST", resets, body: begin)
            let open = OpenResetChallengeRequest(methodId: try #require(reset.methods.first).id)
            _ = try await connection.call(ChallengeDocument.self, "POST", challenges, token: reset.token, body: open)
        }
        await connection.close()
    }

    /// What somebody sees who tries to get through without the codes.
    private struct Course: Equatable {
        struct Step: Equatable {
            var status: Int
            var type: String?
            var shape: Shape
        }

        var steps: [Step] = []

        mutating func add(_ response: LocalResponse) throws {
            let problem = try? APIJSON.decode(Problem.self, from: response.body)
            steps.append(Step(status: response.status, type: problem?.code, shape: try Shape(response.body)))
        }
    }

    private static func course(_ login: String, _ purpose: String, _ portal: PortalClient) async throws -> Course {
        var course = Course()
        let start = StartResetRequest(login: login, purpose: purpose)
        let begun = try await portal.send("POST", Routes.Frontend.resets, body: try APIJSON.encode(start))
        try course.add(begun)
        let reset = try APIJSON.decode(ResetDocument.self, from: begun.body)
        let token = try #require(reset.token)
        let methods = try #require(reset.methods.count >= 2 ? reset.methods : nil)

        for method in methods.prefix(2) {
            let open = try APIJSON.encode(OpenResetChallengeRequest(methodId: method.id))
            let opened = try await portal.send("POST", Routes.Frontend.resetChallenges, token: token, body: open)
            try course.add(opened)
            guard method.id == methods[0].id else { continue }
            let challenge = try APIJSON.decode(ChallengeDocument.self, from: opened.body)
            let path = Routes.fill(Routes.Frontend.resetResponse, challenge.id)
            for _ in 0..<6 {
                try course.add(try await portal.send("POST", path, token: token, text: #"{"code":"wrong"}"#))
            }
            try course.add(try await portal.send("POST", Routes.Frontend.resetChallenges, token: token, body: open))
        }
        let write = purpose == "reset" ? ("PUT", Routes.Frontend.password) : ("POST", Routes.Frontend.unlock)
        let body = purpose == "reset" ? #"{"password":"a new and longer one"}"# : "{}"
        try course.add(try await portal.send(write.0, write.1, token: token, text: body))
        return course
    }
}
