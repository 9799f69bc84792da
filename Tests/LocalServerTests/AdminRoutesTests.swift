import Audit
import Foundation
import Identity
import LatchkeyTesting
import LocalClient
import LocalServer
import SelfService
import Synchronizer
import Testing

@Suite("Admin routes")
struct AdminRoutesTests {
    @Test("status tells server, strategy and why, counts, quarantine and freshness")
    func status() async throws {
        try await TestSockets.serve { sockets in
            let shape = try Shape(await sockets.admin.send("GET", "/v1/admin/status"))
            #expect(shape.members == "freshness quarantine roles sync users version")
            let sync = try shape.inner("sync")
            #expect(sync.members == "lastChangeAt lastContactAt reason repaired server state strategy")
            #expect(sync["state"] == "live")
            #expect(try shape.inner("quarantine")["removals"] == "0")
            var failed = SyncStatus(state: .failed)
            failed.problem = "The server does not answer."
            failed.nextAttemptAt = SamplePeople.time
            await sockets.sync.become(failed)
            let later = try Shape(await sockets.admin.send("GET", "/v1/admin/status")).inner("sync")
            #expect(later.members == "nextAttemptAt problem repaired state")
        }
    }

    @Test("users come in pages whose last one ends in null")
    func users() async throws {
        try await TestSockets.serve { sockets in
            let first = try Shape(await sockets.admin.send("GET", "/v1/admin/users?limit=1"))
            #expect(first.members == "freshness items next")
            #expect(try first.first("items")["login"] == "alice")
            let cursor = try #require(first["next"])
            let last = try Shape(await sockets.admin.send("GET", "/v1/admin/users?limit=1&cursor=\(cursor)"))
            #expect(try last.first("items")["login"] == "bob")
            #expect(try last.first("items")["registration"] == "none")
            #expect(last["next"] == "null")
            let found = try Shape(await sockets.admin.send("GET", "/v1/admin/users?search=bo"))
            #expect(try found.first("items")["login"] == "bob")
        }
    }

    @Test(
        "a listing names the parameter that is wrong",
        arguments: [
            ("limit=0", "limit"), ("limit=1001", "limit"), ("limit=ten", "limit"), ("state=merry", "state"),
            ("cursor=", "cursor"), ("search=%zz", "search"), ("search=", "search"), ("limit=1&limit=2", "limit"),
        ]
    )
    func badListing(query: String, field: String) async throws {
        try await TestSockets.serve { sockets in
            let response = try await sockets.admin.send("GET", "/v1/admin/users?\(query)")
            try expectProblem(response, 400, "malformed-request", field: field)
        }
    }

    @Test("a person is shown with the directory's data and looked up on the record")
    func person() async throws {
        try await TestSockets.serve { sockets in
            let response = try await sockets.admin.send("GET", "/v1/admin/users/alice")
            let shape = try Shape(response)
            #expect(shape.members == "account displayName dn email freshness id login registration roles")
            #expect(shape["email"] == "alice@example.org")
            #expect(try shape.strings("roles") == ["everybody", "staff"])
            let event = AuditEvent(
                .personLookedUp,
                .done,
                by: .administrator(uid: geteuid()),
                about: SamplePeople.alice.id
            )
            #expect(await sockets.audit.events == [event])
            try expectProblem(try await sockets.admin.send("GET", "/v1/admin/users/nobody"), 404, "not-found")
            let strange = try await sockets.admin.send("GET", "/v1/admin/users/%2A%29%28uid%3D%2A")
            try expectProblem(strange, 404, "not-found")
        }
    }

    @Test("the helpdesk sees methods masked even when a view shows more")
    func methods() async throws {
        try await TestSockets.serve { sockets in
            let response = try await sockets.admin.send("GET", "/v1/admin/users/alice/methods")
            let shape = try Shape(response)
            #expect(shape.members == "freshness items next")
            #expect(try shape.first("items")["hint"] == "•••42")
            #expect(!String(decoding: response.body, as: UTF8.self).contains("5550142"))
        }
    }

    @Test("an unlock needs a reason and says how it went")
    func unlock() async throws {
        try await TestSockets.serve { sockets in
            let path = "/v1/admin/users/bob/unlocks"
            let response = try await sockets.admin.send("POST", path, json: #"{"reason":"ticket 1"}"#)
            #expect(response.status == 200)
            #expect(try Shape(response)["outcome"] == "applied")
            try expectProblem(
                try await sockets.admin.send("POST", path, json: "{}"),
                400,
                "malformed-request",
                field: "reason"
            )
            let blank = try await sockets.admin.send("POST", path, json: #"{"reason":" "}"#)
            try expectProblem(blank, 422, "invalid-value", field: "reason")
            #expect(await sockets.people.calls.count == 1)
            let locked = WriteOutcome(.refused, reason: .administratorLock, server: "ldap://127.0.0.1")
            await sockets.people.answer(with: locked)
            let refused = try await sockets.admin.send("POST", path, json: #"{"reason":"ticket 1"}"#)
            try expectProblem(refused, 422, "write-refused")
            #expect(try Shape(refused)["reason"] == "administrator-lock")
        }
    }

    @Test("an explanation tells what stands in the way")
    func explanation() async throws {
        try await TestSockets.serve { sockets in
            let shape = try Shape(await sockets.admin.send("GET", "/v1/admin/users/alice/explanation"))
            #expect(shape.members == "canReset canUnlock findings freshness gates live methods missing policy user")
            #expect(try shape.first("findings").members == "blocks code text")
            #expect(try shape.inner("gates")["reset"] == "2")
        }
    }

    @Test("roles are listed, and one is shown with its members beside it")
    func roles() async throws {
        try await TestSockets.serve { sockets in
            let list = try Shape(await sockets.admin.send("GET", "/v1/admin/roles"))
            #expect(try list.first("items").members == "dn freshness id members name")
            #expect(list["next"] == "null")
            let role = try Shape(await sockets.admin.send("GET", "/v1/admin/roles/staff"))
            #expect(role.members == "dn freshness id items members name next")
            #expect(role["members"] == "1")
            #expect(try role.first("items")["login"] == "alice")
            #expect(role["next"] == "null")
            try expectProblem(try await sockets.admin.send("GET", "/v1/admin/roles/kings"), 404, "not-found")
        }
    }

    @Test("a name of several groups is ambiguous until the id says which")
    func ambiguousRole() async throws {
        var twin = SamplePeople.staff
        twin.id = SamplePeople.bob.id
        var options = TestSockets.Options()
        options.mirror = ListedMirror(roles: [SamplePeople.staff, twin])
        let id = twin.id.description
        try await TestSockets.serve(options) { sockets in
            let response = try await sockets.admin.send("GET", "/v1/admin/roles/staff")
            try expectProblem(response, 409, "ambiguous-name", field: "id")
            let meant = try await sockets.admin.send("GET", "/v1/admin/roles/staff?id=\(id)")
            #expect(try Shape(meant)["id"] == id)
        }
    }

    @Test("a sync is accepted with 202 and can be watched")
    func sync() async throws {
        try await TestSockets.serve { sockets in
            let response = try await sockets.admin.send("POST", "/v1/admin/syncs", json: #"{"full":true}"#)
            #expect(response.status == 202)
            #expect(response.headers["location"] == "/v1/admin/syncs/s1")
            #expect(try Shape(response).members == "dryRun ended full id phase received revision")
            let run = try Shape(await sockets.admin.send("GET", "/v1/admin/syncs/s1?after=0&wait=10s"))
            #expect(run["phase"] == "finished")
            #expect(try run.inner("summary").members == "added changed generation removed")
            try expectProblem(try await sockets.admin.send("GET", "/v1/admin/syncs/s2"), 404, "not-found")
            #expect(await sockets.audit.events.map(\.action) == [.syncRequested])
            #expect(await sockets.sync.requests.map(\.full) == [true])
        }
    }

    @Test("what is held is listed, shown, and released only in the number that was seen, with a reason")
    func quarantine() async throws {
        try await TestSockets.serve { sockets in
            let path = "/v1/admin/quarantine"
            let list = try Shape(await sockets.admin.send("GET", path)).first("items")
            #expect(list.members == "began id memberships reason removals roles users")
            #expect(try Shape(await sockets.admin.send("GET", path + "/1")).inner("batch")["removals"] == "2")
            try expectProblem(try await sockets.admin.send("GET", path + "/x"), 404, "not-found")
            let wrong = try await sockets.admin.send(
                "POST",
                path + "/1/release",
                json: #"{"removals":1,"reason":"left"}"#
            )
            try expectProblem(wrong, 409, "quarantine-changed", field: "removals")
            let silent = try await sockets.admin.send("POST", path + "/1/refuse", json: #"{"reason":" "}"#)
            try expectProblem(silent, 422, "invalid-value", field: "reason")
            let right = try await sockets.admin.send(
                "POST",
                path + "/1/release",
                json: #"{"removals":2,"reason":"left"}"#
            )
            #expect(try Shape(right)["removed"] == "2")
            let events = await sockets.audit.events.filter { $0.action == .quarantineReleased }
            #expect(events.map(\.result) == [.done, .refused, .done])
            #expect(events.last?.details == ["batch": "1", "removals": "2", "reason": "left"])
            let gone = try await sockets.admin.send("POST", path + "/1/refuse", json: #"{"reason":"again"}"#)
            try expectProblem(gone, 404, "not-found")
        }
    }

    @Test("the audit is read in pages and verified")
    func audit() async throws {
        try await TestSockets.serve { sockets in
            for _ in 1...3 { try await sockets.audit.append(AuditEvent(.daemonStarted, .done, by: .daemon)) }
            let first = try Shape(await sockets.admin.send("GET", "/v1/admin/audit?limit=2"))
            #expect(try first.first("items").members == "action actor details result sequence time")
            #expect(first["next"] == "2")
            let last = try Shape(await sockets.admin.send("GET", "/v1/admin/audit?limit=2&after=2"))
            #expect(try last.first("items")["sequence"] == "3")
            #expect(last["next"] == "null")
            let intact = try Shape(await sockets.admin.send("POST", "/v1/admin/audit/verifications"))
            #expect(intact.members == "count end intact")
            await sockets.audit.tamper(at: 2)
            let broken = try Shape(await sockets.admin.send("POST", "/v1/admin/audit/verifications"))
            #expect(broken["brokenAt"] == "2")
            #expect(await sockets.audit.events.last?.result == .failed)
        }
    }

    @Test("metrics count answers by route and status beside the gauges")
    func metrics() async throws {
        try await TestSockets.serve { sockets in
            _ = try await sockets.client.send("GET", "/v1/registration")
            _ = try await sockets.client.send("GET", "/never/heard/of")
            let response = try await sockets.admin.send("GET", "/metrics")
            let text = String(decoding: response.body, as: UTF8.self)
            #expect(response.headers["content-type"]?.hasPrefix("text/plain; version=0.0.4") == true)
            #expect(text.contains("latchkey_users 2.0\n"))
            #expect(text.contains("latchkey_test 42.0\n"))
            #expect(text.contains("# TYPE latchkey_freshness_seconds gauge\n"))
            let labels = #"socket="frontend",route="/v1/registration",method="GET",status="401""#
            #expect(text.contains("latchkey_requests_total{\(labels)} 1\n"))
            #expect(!text.contains("/never/heard/of"))
        }
    }

    @Test("before the first complete copy, people are 503 and status answers")
    func notReady() async throws {
        var options = TestSockets.Options()
        options.mirror = ListedMirror(generation: 0)
        try await TestSockets.serve(options) { sockets in
            try expectProblem(try await sockets.admin.send("GET", "/v1/admin/users"), 503, "not-ready")
            #expect(try await sockets.admin.send("GET", "/v1/admin/status").status == 200)
        }
    }

    @Test("what cannot be read or recorded is 503, and nothing is done")
    func outage() async throws {
        try await TestSockets.serve { sockets in
            await sockets.audit.breakDown()
            let unrecorded = try await sockets.admin.send("POST", "/v1/admin/syncs")
            try expectProblem(unrecorded, 503, "vault-unavailable")
            #expect(await sockets.sync.requests.isEmpty)
            sockets.mirror.breakDown()
            let broken = try await sockets.admin.send("GET", "/v1/admin/users/alice")
            try expectProblem(broken, 503, "mirror-unavailable")
        }
    }

    @Test("an administrator does only what the configuration says")
    func grants() async throws {
        var options = TestSockets.Options()
        options.administrators = [AdministratorGrant(.group(getegid()), may: [.lookUp])]
        try await TestSockets.serve(options) { sockets in
            #expect(try await sockets.admin.send("GET", "/v1/admin/users/bob").status == 200)
            let unlock = try await sockets.admin.send("POST", "/v1/admin/users/bob/unlocks", json: #"{"reason":"x"}"#)
            try expectProblem(unlock, 403, "not-permitted")
            #expect(try Shape(unlock)["capability"] == "unlock")
        }
        options.administrators = [AdministratorGrant(.user(geteuid()), may: [.lookUp], over: .roles(["staff"]))]
        try await TestSockets.serve(options) { sockets in
            let list = try await sockets.admin.send("GET", "/v1/admin/users")
            #expect(String(decoding: list.body, as: UTF8.self).contains("alice"))
            #expect(!String(decoding: list.body, as: UTF8.self).contains("bob"))
            let hidden = try await sockets.admin.send("GET", "/v1/admin/users/bob")
            try expectProblem(hidden, 404, "not-found")
            #expect(try await sockets.admin.send("GET", "/v1/admin/users/nobody").body == hidden.body)
            try expectProblem(try await sockets.admin.send("GET", "/v1/admin/changes"), 403, "not-permitted")
        }
        options.administrators = [AdministratorGrant(.user(4_000_000), may: [.all])]
        try await TestSockets.serve(options) { sockets in
            try expectProblem(try await sockets.admin.send("GET", "/v1/admin/status"), 403, "not-permitted")
            try expectProblem(try await sockets.admin.send("GET", "/nothing"), 403, "not-permitted")
        }
    }
}
