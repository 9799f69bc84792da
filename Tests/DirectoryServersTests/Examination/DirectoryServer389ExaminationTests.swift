import DirectoryServers
import Foundation
import Identity
import LDAPClient
import LatchkeyTesting
import Synchronizer
import Testing

@Suite("An examination of a 389 Directory Server")
struct DirectoryServer389ExaminationTests {
    private static let manager = "on any host"

    private func with(
        _ options: DirectoryServer389Options = DirectoryServer389Options(),
        _ body: (DirectoryServer389Fixture, DirectorySettings) async throws -> Void
    ) async throws {
        try await withDirectoryServer389(options) { server in
            try await body(server, try DirectoryServer389UnderTest(server: server).settings)
        }
    }

    private func add(_ rule: String, at entry: String, _ server: DirectoryServer389Fixture) async throws {
        try await server.modify("dn: \(entry)\nchangetype: modify\nadd: aci\naci: \(rule)\n")
    }

    private func forService(_ target: String, _ rights: String, _ server: DirectoryServer389Fixture) -> String {
        "(targetattr = \"\(target)\")(version 3.0; acl \"test\"; \(rights) userdn=\"ldap:///\(server.service)\";)"
    }

    @Test("finds the least rights enough, and changes nothing by trying them")
    func least() async throws {
        try await with { (server, settings) async throws in
            let everything = ["*", "+", "accountUnlockTime", "passwordRetryCount", "passwordExpirationTime"]
            for _ in 0..<3 { _ = try await server.bind(server.person("carol"), "wrong") }
            let before = try await server.search("(objectClass=*)", everything)
            let found = await examined(settings)
            for check in [Check.resetRight, .unlockRight, .mustChangeRight, .manageRight, .passwordReading, .clock] {
                #expect(found.verdict(check) == .fine, "\(found.of(check))")
            }
            #expect(try await server.search("(objectClass=*)", everything) == before)
        }
    }

    @Test("names each missing right, and what it says to paste grants them")
    func missing() async throws {
        try await with { (server, settings) async throws in
            try await server.revokeWriting()
            let before = await examined(settings)
            #expect(before.verdict(.mustChangeRight) == .warning)
            #expect(before.text(.mustChangeRight).contains("may not write passwordExpirationTime: nobody can be made"))
            #expect(before.text(.unlockRight).contains("may not take accountUnlockTime away: no unlock is possible"))
            try await mended(.resetRight, .failure, "may not write userPassword", Self.manager, settings) {
                try await server.paste($0)
            }
            let after = await examined(settings)
            #expect(after.verdict(.unlockRight) == .fine && after.verdict(.mustChangeRight) == .fine, "\(after)")
        }
    }

    @Test("finds a right to unlock that leaves the count of failures")
    func half() async throws {
        try await with { (server, settings) async throws in
            try await server.revokeWriting()
            let half = forService("userPassword || accountUnlockTime", "allow (write)", server)
            try await add(half, at: server.suffix, server)
            let text = "one wrong password locks again"
            try await mended(.unlockRight, .warning, text, Self.manager, settings) { try await server.paste($0) }
        }
    }

    @Test("finds hashes that can be read, and what it says to paste ends that")
    func readable() async throws {
        try await with { (server, settings) async throws in
            try await add(forService("userPassword", "allow (read)", server), at: server.suffix, server)
            try await mended(.passwordReading, .failure, "may read userPassword", Self.manager, settings) {
                try await server.paste($0)
            }
            #expect(await examined(settings).verdict(.resetRight) == .fine)
        }
    }

    @Test("finds a password administrator, whose passwords nobody checks; what it says to paste mends it")
    func administrator() async throws {
        try await with(.with { $0.configuration["passwordHistory"] = "on" }) { (server, settings) async throws in
            try await server.paste(await examined(settings).paste(.policyReading, Self.manager))
            try await server.modify(
                "dn: cn=config\nchangetype: modify\nreplace: passwordAdminDN\npasswordAdminDN: \(server.service)\n"
            )
            #expect(await examined(settings).verdict(.policyHistory) == .failure)
            try await mended(.manageRight, .failure, "is a password administrator", Self.manager, settings) {
                try await server.paste($0)
            }
            #expect(await examined(settings).text(.policyHistory).contains("history is enforced"))
        }
    }

    @Test("misses the policy that it may not read, then its history, and what it says to paste mends both")
    func policy() async throws {
        try await with { (server, settings) async throws in
            try await mended(.policyReading, .warning, "(cn=config) cannot be read", Self.manager, settings) {
                try await server.paste($0)
            }
            try await mended(.policyHistory, .warning, "keeps no history", Self.manager, settings) {
                try await server.paste($0)
            }
        }
    }

    @Test("compares the clocks, and what it says to paste shows the server's")
    func clock() async throws {
        try await with { (server, settings) async throws in
            let late = ManualClock(Date().addingTimeInterval(600))
            #expect(await examined(settings, clock: late).verdict(.clock) == .failure)
            let monitor = try await server.search("(objectClass=*)", ["aci"], base: "cn=monitor", scope: "base")
            try #require(monitor.first?["aci"]?.isEmpty == false)
            try await server.modify("dn: cn=monitor\nchangetype: modify\ndelete: aci\n")
            let text = "does not tell this account the time"
            try await mended(.clock, .warning, text, Self.manager, settings) { try await server.paste($0) }
        }
    }

    @Test("finds limits that cut a sync off, and what it says to paste takes them away")
    func limits() async throws {
        try await with(.with { $0.sizeLimit = 3 }) { (server, settings) async throws in
            try await mended(.limits, .failure, "sizeLimitExceeded", Self.manager, settings) {
                try await server.paste($0)
            }
        }
    }

    @Test("misses content synchronisation, and what it says to paste turns it on")
    func noContentSync() async throws {
        try await with(.with { $0.hasContentSync = false }) { (server, settings) async throws in
            let text = "does not offer content synchronisation"
            try await mended(.following, .warning, text, Self.manager, settings) {
                try await server.paste($0)
                try await server.restart()
            }
        }
    }

    @Test("finds a changelog that does not name what is deleted, and what it says to paste mends it")
    func namelessChanges() async throws {
        try await with(.with { $0.namesUniqueIDs = false }) { (server, settings) async throws in
            let touch = "dn: \(server.person("bob"))\nchangetype: modify\nreplace: mobile\nmobile: "
            try await server.modify("\(touch)+1 555 0001\n")
            try await mended(.changes, .failure, "lacks targetUniqueId", Self.manager, settings) {
                try await server.paste($0)
                try await server.restart()
                for number in 2...3 { try await server.modify("\(touch)+1 555 000\(number)\n") }
            }
        }
    }

    @Test("finds a changelog that cannot be read, and what it says to paste shows it")
    func hiddenChanges() async throws {
        try await with { (server, settings) async throws in
            try await server.modify("dn: cn=changelog\nchangetype: modify\ndelete: aci\n")
            try await server.modify(
                "dn: \(server.person("bob"))\nchangetype: modify\nreplace: mobile\nmobile: +1 555 0001\n"
            )
            try await mended(.changes, .failure, "may not read cn=changelog", Self.manager, settings) {
                try await server.paste($0)
            }
        }
    }

    @Test("finds a trusted attribute that people may write, and what it says to paste ends that")
    func trusted() async throws {
        try await with { (server, settings) async throws in
            var settings = settings
            settings.trusted = ["mobile"]
            #expect(await examined(settings).text(.trust).contains("no rule at or above"))
            let rule =
                "(targetattr = \"telephoneNumber || mobile\")(version 3.0; acl \"own\"; allow (write) "
                + "userdn = \"ldap:///self\";)"
            try await add(rule, at: server.suffix, server)
            let text = "a rule at \(server.suffix) lets people write it"
            try await mended(.trust, .failure, text, Self.manager, settings) { try await server.paste($0) }
            try await add(forService("aci", "deny (read,search,compare)", server), at: server.suffix, server)
            let hidden = await examined(settings)
            #expect(hidden.verdict(.trust) == .warning && hidden.text(.trust).contains("shows this account no rule"))
        }
    }
}
