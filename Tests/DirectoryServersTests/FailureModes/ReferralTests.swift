import DirectoryServers
import Identity
import LDAPClient
import LatchkeyTesting
import Mirror
import Synchronizer
import Testing

/// st2#14, galaxy_ng#1636: clients that follow references bind elsewhere, or take them for the end.
@Suite("Failure mode 13: continuation references")
struct ReferralTests {
    @Test("failure mode 13: among entries they are counted and never chased, and the sync completes")
    func injected() async throws {
        let elsewhere = try FaultServer(.closes)
        try await withFaultyServer(FaultyServer.options(people: 20)) { server in
            server.proxy.inject(
                .refers(FaultyServer.people, to: "ldap://127.0.0.1:\(elsewhere.port)/ou=people,dc=example,dc=net??sub")
            )
            try await server.follow { (follower) async throws in
                try await follower.live()
                #expect(try await follower.people() == 25)
                #expect(await follower.engine.status().references == 25)
                try await eventually("the references are told") {
                    follower.notices.all.contains { $0.contains("continuation references") }
                }
                try await server.slapd.add(SlapdContent.person("frank", below: server.slapd.suffix))
                try await eventually("frank") { try await follower.mirror.user(login: "frank") != nil }
                #expect(await follower.engine.status().problem == nil)
            }
        }
        #expect(elsewhere.received.isEmpty)
    }

    @Test("failure mode 13: a real slapd's referral entry is counted and never chased, and the sync completes")
    func real() async throws {
        let elsewhere = try FaultServer(.closes)
        try await withSlapd { slapd in
            try await slapd.add(
                "dn: ou=abroad,ou=people,\(slapd.suffix)\nobjectClass: referral\nobjectClass: extensibleObject\n"
                    + "ou: abroad\nref: ldap://127.0.0.1:\(elsewhere.port)/ou=people,dc=example,dc=net\n"
            )
            try await withFollower(.of(slapd), folder: mirrorFolder(slapd)) { (follower) async throws in
                try await follower.live()
                #expect(try await follower.people() == 5)
                // The search for containers gets one too, which does not count.
                #expect(await follower.engine.status().references == 1)
                try await slapd.add(SlapdContent.person("frank", below: slapd.suffix))
                try await eventually("frank") { try await follower.mirror.user(login: "frank") != nil }
            }
        }
        #expect(elsewhere.received.isEmpty)
    }

    @Test(
        "failure mode 13: while a server is polled each is counted once, however often it is asked, and never chased"
    )
    func polled() async throws {
        let elsewhere = try FaultServer(.closes)
        let referral = { (name: String) in
            "objectClass: referral\nobjectClass: extensibleObject\nou: \(name)\n"
                + "ref: ldap://127.0.0.1:\(elsewhere.port)/ou=\(name),dc=example,dc=net\n"
        }
        try await withSlapd(.with { $0.hasContentSync = false }) { slapd in
            try await slapd.add("dn: ou=abroad,ou=people,\(slapd.suffix)\n" + referral("abroad"))
            let settings = try DirectorySettings.of(slapd)
            let rhythm = PollingRhythm(interval: .milliseconds(20), questionsPerAudit: 2)
            try await withFollower(settings, folder: mirrorFolder(slapd), rhythm: rhythm) { (follower) async throws in
                try await follower.current()
                #expect(try await follower.people() == 5)
                #expect(await follower.engine.status().references == 1)
                try await slapd.add(SlapdContent.person("frank", below: slapd.suffix))
                try await eventually("frank") { try await follower.mirror.user(login: "frank") != nil }
                try await slapd.modify("dn: \(slapd.person("frank"))\nchangetype: delete\n")
                try await eventually("an audit") { try await follower.mirror.user(login: "frank") == nil }
                #expect(await follower.engine.status().references == 1)
                try await slapd.add("dn: ou=beyond,ou=people,\(slapd.suffix)\n" + referral("beyond"))
                try await eventually("the other one") { await follower.engine.status().references == 2 }
                #expect(try await follower.people() == 5)
            }
        }
        #expect(elsewhere.received.isEmpty)
    }
}
