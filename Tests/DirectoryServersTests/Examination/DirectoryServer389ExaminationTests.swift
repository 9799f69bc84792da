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
    private static let changesRemedy = "Do this, and restart the server for what stands below cn=config."

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
            #expect(before.remedy(.unlockRight) == "Let it write both attributes of a lock.")
            #expect(before.remedy(.mustChangeRight) == "Let it write that attribute, if a policy asks for it.")
            let (text, remedy) = ("may not write userPassword: no reset is possible", "Let it write, and not read.")
            try await mended(.resetRight, .failure, text, remedy: remedy, Self.manager, settings) {
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
            let (text, remedy) = ("one wrong password locks again", "Let it write both attributes of a lock.")
            try await mended(.unlockRight, .warning, text, remedy: remedy, Self.manager, settings) {
                try await server.paste($0)
            }
        }
    }

    @Test("finds hashes that can be read, and what it says to paste ends that")
    func readable() async throws {
        try await with { (server, settings) async throws in
            try await add(forService("userPassword", "allow (read)", server), at: server.suffix, server)
            let remedy = "Take userPassword out of the rule that lets it read, or deny it: a deny wins."
            try await mended(
                .passwordReading,
                .failure,
                "may read userPassword",
                remedy: remedy,
                Self.manager,
                settings
            ) { try await server.paste($0) }
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
            let before = await examined(settings)
            #expect(before.verdict(.policyHistory) == .failure)
            #expect(before.text(.policyHistory).contains("because the server checks none of this account"))
            #expect(before.remedy(.policyHistory) == "See directory.rights.manage.")
            let text = "is a password administrator"
            let remedy = "Bind as an account that an ACI lets write, and that passwordAdminDN does not name."
            try await mended(.manageRight, .failure, text, remedy: remedy, Self.manager, settings) {
                try await server.paste($0)
            }
            #expect(await examined(settings).text(.policyHistory).contains("history is enforced"))
        }
    }

    @Test("misses the policy that it may not read, then its history, and what it says to paste mends both")
    func policy() async throws {
        try await with { (server, settings) async throws in
            let (text, remedy) = ("(cn=config) cannot be read", "Let the service account read the policy's attributes.")
            try await mended(.policyReading, .warning, text, remedy: remedy, Self.manager, settings) {
                try await server.paste($0)
            }
            let history = "keeps no history (passwordHistory)"
            try await mended(
                .policyHistory,
                .warning,
                history,
                remedy: "Have it remember some.",
                Self.manager,
                settings
            ) { try await server.paste($0) }
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
            let remedy = "Have both set by NTP, or let the service account read the server's clock."
            try await mended(.clock, .warning, text, remedy: remedy, Self.manager, settings) {
                try await server.paste($0)
            }
        }
    }

    @Test("finds limits that cut a sync off, and what it says to paste takes them away")
    func limits() async throws {
        try await with(.with { $0.sizeLimit = 3 }) { (server, settings) async throws in
            let remedy = "Take the limits on the service account's searches away."
            try await mended(.limits, .failure, "sizeLimitExceeded", remedy: remedy, Self.manager, settings) {
                try await server.paste($0)
            }
        }
    }

    @Test("misses content synchronisation, and what it says to paste turns it on")
    func noContentSync() async throws {
        try await with(.with { $0.hasContentSync = false }) { (server, settings) async throws in
            let text = "does not offer content synchronisation"
            let remedy = "Changes show after an interval, not at once; see the reason."
            try await mended(.following, .warning, text, remedy: remedy, Self.manager, settings) {
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
            let text = "after each interruption everything is read again: the changelog lacks targetUniqueId"
            try await mended(.changes, .failure, text, remedy: Self.changesRemedy, Self.manager, settings) {
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
            let text = "after each interruption everything is read again: the service account may not read cn=changelog"
            try await mended(.changes, .failure, text, remedy: Self.changesRemedy, Self.manager, settings) {
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
            let text =
                "trustDirectory believes mobile, so whoever writes it resets the password; a rule at \(server.suffix) "
                + "lets people write it in their own entries"
            let remedy = "Narrow that rule, or leave trustDirectory out, and have people prove the value once."
            try await mended(.trust, .failure, text, remedy: remedy, Self.manager, settings) {
                try await server.paste($0)
            }
            try await add(forService("aci", "deny (read,search,compare)", server), at: server.suffix, server)
            let hidden = await examined(settings)
            #expect(hidden.verdict(.trust) == .warning && hidden.text(.trust).contains("shows this account no rule"))
            let question =
                "Ask as Directory Manager: ldapsearch -E '!1.3.6.1.4.1.42.2.27.9.5.2=:dn: DN' -b DN -s base mobile; or "
                + "leave trustDirectory out, and have people prove the value once."
            #expect(hidden.remedy(.trust) == question, "\(hidden.of(.trust))")
        }
    }
}
