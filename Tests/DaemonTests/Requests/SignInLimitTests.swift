import Foundation
import LatchkeyTesting
import LocalAPI
import LocalClient
import Testing

@Suite("Signing in at the socket is no weapon")
struct SignInLimitTests {
    @Test("wrong passwords stop at half of the directory's lockout; unknown names stop alike")
    func limited() async throws {
        try await withSlapd { slapd in
            try await withDaemon(slapd) { daemon in
                try await Self.threshold(daemon)
                for login in ["alice", "nobody-at-all"] {
                    var statuses: [Int] = []
                    for _ in 0..<6 { statuses.append(try await Self.attempt(login, "wrong", daemon).status) }
                    #expect(statuses == [401, 401, 429, 429, 429, 429], "\(login)")
                    let last = try await Self.attempt(login, SlapdFixture.password, daemon)
                    #expect(last.status == 429, "the right password is not told either: \(login)")
                    let retry = try #require(last.headers["retry-after"].flatMap { Int($0) })
                    #expect((1...900).contains(retry))
                    let problem = try APIJSON.decode(Problem.self, from: last.body)
                    #expect(problem.retryAfter == retry && problem.code == "too-many-attempts")
                }
                let failures = try await slapd.search("(uid=alice)", ["pwdFailureTime"])
                #expect(failures.first?["pwdFailureTime"]?.count == 2)
                #expect(try await slapd.bind(slapd.person("alice"), SlapdFixture.password) == 0)
            }
        }
    }

    @Test("where the directory locks at the second failure, only one reaches it")
    func strictDirectory() async throws {
        try await withSlapd(.with { $0.policy.maxFailure = 2 }) { slapd in
            try await withDaemon(slapd) { daemon in
                var statuses: [Int] = []
                for _ in 0..<4 { statuses.append(try await Self.attempt("alice", "wrong", daemon).status) }
                #expect(statuses == [401, 429, 429, 429])
                #expect(try await slapd.bind(slapd.person("alice"), SlapdFixture.password) == 0)
            }
        }
    }

    @Test("a right password clears what was counted")
    func cleared() async throws {
        try await withSlapd { slapd in
            try await withDaemon(slapd) { (daemon) async throws in
                for _ in 0..<4 {
                    #expect(try await Self.attempt("bob", "wrong", daemon).status == 401)
                    #expect(try await Self.attempt("bob", SlapdFixture.password, daemon).status == 201)
                }
            }
        }
    }

    @Test("an empty password never reaches the directory, not even one that is down")
    func empty() async throws {
        try await withSlapd { slapd in
            try await withDaemon(slapd) { daemon in
                slapd.suspend()
                for _ in 0..<5 {
                    let response = try await withDeadline { try await Self.attempt("alice", "", daemon) }
                    #expect(response.status == 401)
                }
                slapd.resume()
                #expect(try await Self.attempt("alice", SlapdFixture.password, daemon).status == 201)
            }
        }
    }

    @Test("unknown, wrong, locked and disabled are one answer")
    func oneAnswer() async throws {
        let options = DaemonOptions.with {
            $0.users = """
                base: "ou=people,dc=example,dc=com"
                filter: (objectClass=inetOrgPerson)
                disabledWhen: (employeeType=left)
                """
        }
        try await withSlapd { slapd in
            try await withDaemon(slapd, options) { daemon in
                for _ in 0..<slapd.options.policy.maxFailure { _ = try await slapd.bind(slapd.person("bob"), "wrong") }
                try await slapd.modify(
                    "dn: \(slapd.person("carol"))\nchangetype: modify\nreplace: employeeType\nemployeeType: left"
                )
                let wrong = try await Self.attempt("alice", "wrong", daemon)
                #expect(wrong.status == 401)
                for login in ["bob", "carol", "nobody-at-all"] {
                    let other = try await Self.attempt(login, SlapdFixture.password, daemon)
                    #expect(other.status == wrong.status && other.body == wrong.body, "\(login)")
                    #expect(Set(other.headers.keys) == Set(wrong.headers.keys), "\(login)")
                }
            }
        }
    }

    private static func attempt(_ login: String, _ password: String, _ daemon: DaemonFixture) async throws
        -> LocalResponse
    {
        let body = try APIJSON.encode(SignInRequest(login: login, password: password))
        return try await daemon.portal.send("POST", Routes.Frontend.signIns, body: body)
    }

    /// Until the daemon has read the directory's lockout, the limit is one. Then it is two for everybody, which
    /// shows at names that belong to nobody.
    private static func threshold(_ daemon: DaemonFixture) async throws {
        try await eventually("the directory's lockout is known") {
            let name = "probe-\(UUID().uuidString)"
            _ = try await Self.attempt(name, "wrong", daemon)
            return try await Self.attempt(name, "wrong", daemon).status == 401
        }
    }
}
