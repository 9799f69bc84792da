import DirectoryServers
import Foundation
import Identity
import LDAPClient
import LatchkeyTesting
import Synchronizer
import Testing

@Suite("An examination of a slapd")
struct OpenLDAPExaminationTests {
    private static let root = "as root"
    private static let service = "dn.exact=\"cn=latchkey,ou=services,dc=example,dc=com\""

    /// Runs the body with a slapd whose first rules are these.
    private func with(
        _ rules: [String],
        _ change: (inout SlapdOptions) -> Void = { _ in },
        _ body: (SlapdFixture, DirectorySettings) async throws -> Void
    ) async throws {
        var options = SlapdOptions()
        options.databaseLines = rules.joined(separator: "\n")
        change(&options)
        try await withSlapd(options) { slapd in try await body(slapd, try .of(slapd)) }
    }

    private func rule(_ what: String, _ rights: String) -> String {
        "access to \(what) by \(Self.service) \(rights) by * break"
    }

    @Test("finds the least rights enough, and changes nothing by trying them")
    func least() async throws {
        try await withSlapd { slapd in
            try await slapd.modify(
                "dn: \(slapd.person("bob"))\nchangetype: modify\nreplace: pwdReset\npwdReset: TRUE\n"
            )
            for _ in 0..<slapd.options.policy.maxFailure { _ = try await slapd.bind(slapd.person("carol"), "wrong") }
            let before = try await slapd.search()
            let found = await examined(try .of(slapd))
            for check in [Check.resetRight, .unlockRight, .mustChangeRight, .manageRight, .passwordReading] {
                #expect(found.verdict(check) == .fine, "\(found.of(check))")
            }
            #expect(found.text(.resetRight).contains("(tried on 5 without changing anything)"))
            #expect(try await slapd.search() == before)
        }
    }

    @Test(
        "names each missing right, and what it says to paste grants it",
        arguments: [
            (
                Check.resetRight, "attrs=userPassword", "may not write userPassword: no reset is possible",
                "Let it write, and neither read nor manage."
            ),
            (
                .unlockRight, "attrs=pwdAccountLockedTime",
                "may not take pwdAccountLockedTime away: no unlock is possible",
                "Let it delete that attribute, and see it."
            ),
            (
                .mustChangeRight, "attrs=pwdReset",
                "may not write pwdReset: `reset: { mustChange: true }` has no effect",
                "Let it write that attribute, if a policy asks for it."
            ),
        ]
    )
    func missing(check: Check, what: String, text: String, remedy: String) async throws {
        let verdict = check == .mustChangeRight ? Finding.Verdict.warning : .failure
        let denial = rule(what, "none")
        var file = ""
        try await with([denial]) { (slapd, settings) async throws in
            let before = try await slapd.search()
            file = try await examined(settings).paste(check, "slapd.conf")
            #expect(try await slapd.search() == before)
            try await mended(check, verdict, text, remedy: remedy, Self.root, settings) {
                try await slapd.paste($0)
            }
        }
        try await with([file, denial]) { (_, settings) async throws in
            let found = await examined(settings)
            #expect(found.verdict(check) == .fine, "\(found.of(check))")
        }
    }

    @Test("says of how many people a right is missing, and what the server said where it told nothing of rights")
    func some() async throws {
        try await with(["access to dn.exact=\"uid=bob,ou=people,dc=example,dc=com\" attrs=userPassword by * none"]) {
            (_, settings) async throws in
            let found = await examined(settings)
            #expect(found.text(.resetRight).contains("(1 of the 5 that were tried)"), "\(found.of(.resetRight))")
        }
        try await with(["readonly on"]) { (_, settings) async throws in
            let found = await examined(settings)
            #expect(found.verdict(.unlockRight) == .warning)
            #expect(found.text(.unlockRight).contains("cannot be told whether"), "\(found.of(.unlockRight))")
            #expect(found.text(.unlockRight).contains("unwillingToPerform"), "\(found.of(.unlockRight))")
            #expect(found.remedy(.unlockRight) == "Try it with an account that nobody uses.")
        }
    }

    @Test("a policy that refuses what is tried hides no right")
    func strictPolicy() async throws {
        for granted in [true, false] {
            try await withSlapd(
                .with {
                    $0.policy.safeModify = true; $0.grantsWriting = granted
                }
            ) { slapd in
                let found = await examined(try .of(slapd))
                #expect(found.verdict(.resetRight) == (granted ? .fine : .failure), "\(found.of(.resetRight))")
            }
        }
    }

    @Test("finds *manage* on userPassword, which keeps history from being enforced; what it says to paste mends both")
    func manage() async throws {
        try await with([rule("attrs=userPassword", "manage")]) { (slapd, settings) async throws in
            let before = await examined(settings)
            #expect(before.verdict(.policyHistory) == .failure)
            #expect(before.text(.policyHistory).contains("may *manage* them"), "\(before.of(.policyHistory))")
            #expect(before.remedy(.policyHistory) == "See directory.rights.manage.")
            #expect(before.verdict(.passwordReading) == .failure)
            let remedy = "Give it =w and nothing more."
            try await mended(
                .manageRight,
                .failure,
                "may *manage* userPassword",
                remedy: remedy,
                Self.root,
                settings
            ) { try await slapd.paste($0) }
            let after = await examined(settings)
            #expect(after.verdict(.policyHistory) == .fine && after.verdict(.passwordReading) == .fine, "\(after)")
        }
    }

    @Test("where no policy would show *manage*, what may be read decides how sure it is")
    func unshown() async throws {
        let none = { (options: inout SlapdOptions) in options.policy.checkQuality = 0 }
        try await with([rule("attrs=userPassword", "manage")], none) { (slapd, settings) async throws in
            let (text, remedy) = ("no policy that can be read would show", "Give it =w and nothing more.")
            try await mended(.manageRight, .warning, text, remedy: remedy, Self.root, settings) {
                try await slapd.paste($0)
            }
            let found = await examined(settings)
            #expect(found.text(.manageRight).contains("may not read userPassword, so it does not"))
        }
    }

    @Test("finds hashes that can be read, and what it says to paste ends that")
    func readable() async throws {
        try await with([rule("attrs=userPassword", "write")]) { (slapd, settings) async throws in
            let (text, remedy) = ("may read userPassword", "Write is enough: =w writes without reading.")
            try await mended(.passwordReading, .failure, text, remedy: remedy, Self.root, settings) {
                try await slapd.paste($0)
            }
            #expect(await examined(settings).verdict(.resetRight) == .fine)
        }
    }

    @Test("warns of a trusted attribute, and what it says to paste leaves people the reading of it")
    func trusted() async throws {
        let own = "access to attrs=mobile by self write by * break"
        try await with([own]) { (slapd, settings) async throws in
            var settings = settings
            settings.trusted = ["mobile"]
            let found = await examined(settings)
            #expect(found.verdict(.trust) == .warning)
            #expect(found.text(.trust).contains("the server does not tell this account whether people may write it"))
            let remedy =
                "Ask on the server: slapacl -D DN -b DN mobile/write, with somebody's DN twice; or leave trustDirectory "
                + "out, and have people prove the value once."
            #expect(found.remedy(.trust) == remedy, "\(found.of(.trust))")
            try await slapd.paste(found.paste(.trust, Self.root))
            let alice = try await LDAPConnection.open(try LDAPServer(slapd.socketURI))
            let password = Array(SlapdFixture.password.utf8)
            try await alice.bind(.simple(dn: try DistinguishedName(slapd.person("alice")), password: password))
            let error = await #expect(throws: LDAPError.self) {
                try await alice.modify(
                    try DistinguishedName(slapd.person("alice")),
                    [Modification(.replace, "mobile", text: ["1"])]
                )
            }
            #expect(error?.code == .insufficientAccess)
        }
    }
}

// MARK: Rules of the server

extension OpenLDAPExaminationTests {
    @Test("misses the overlay ppolicy, also where another database has it, and what it says to paste brings it")
    func noPolicy() async throws {
        for isKnown in [true, false] {
            try await with(
                [],
                {
                    $0.hasPasswordPolicy = false; $0.knowsPasswordPolicy = isKnown
                }
            ) {
                (slapd, settings) async throws in
                let text = isKnown ? "answers a bind without a word" : "has no password policy"
                let remedy =
                    "Locks, minimum ages and history are its work: put the overlay ppolicy on the database, and a "
                    + "policy."
                try await mended(.policyResponse, .warning, text, remedy: remedy, Self.root, settings) {
                    try await slapd.paste($0)
                }
            }
        }
    }

    @Test("misses policies that it may not read, and what it says to paste shows them")
    func unreadablePolicy() async throws {
        let hidden = "access to dn.subtree=\"ou=policies,dc=example,dc=com\" by * none"
        var file = ""
        try await with([hidden]) { (slapd, settings) async throws in
            file = try await examined(settings).paste(.policyReading, "slapd.conf")
            let text = "no password policy can be read"
            let remedy = "Let the service account read the entries of the class pwdPolicy."
            try await mended(.policyReading, .warning, text, remedy: remedy, Self.root, settings) {
                try await slapd.paste($0)
            }
        }
        try await with([file, hidden]) { (_, settings) async throws in
            #expect(await examined(settings).verdict(.policyReading) == .fine)
        }
    }

    @Test("counts policies that it can read")
    func severalPolicies() async throws {
        try await withSlapd { slapd in
            try await slapd.add(
                """
                dn: cn=other,ou=policies,\(slapd.suffix)
                objectClass: device
                objectClass: pwdPolicy
                cn: other
                pwdAttribute: userPassword
                pwdInHistory: 5
                """
            )
            let found = await examined(try .of(slapd))
            #expect(found.text(.policyReading) == "2 password policies can be read")
            #expect(found.text(.policyHistory).contains("the last 3 passwords are refused"))
        }
    }

    @Test("finds the policy that refuses every reset, and what it says to paste changes it")
    func safeModify() async throws {
        try await with([], { $0.policy.safeModify = true }) { (slapd, settings) async throws in
            let text = "wants the old password with each change"
            let remedy = "Turn that off; whoever knows the old password needs no reset."
            try await mended(.policyReset, .failure, text, remedy: remedy, "as the directory's", settings) {
                try await slapd.paste($0)
            }
        }
    }

    @Test("finds the policy that keeps no history, and what it says to paste has it keep one")
    func noHistory() async throws {
        try await with([], { $0.policy.inHistory = 0 }) { (slapd, settings) async throws in
            let (text, remedy) = ("keeps no history", "Have it remember some.")
            try await mended(.policyHistory, .warning, text, remedy: remedy, "as the directory's", settings) {
                try await slapd.paste($0)
            }
        }
    }

    @Test("finds limits that cut a sync off, and what it says to paste takes them away")
    func limits() async throws {
        var file = ""
        try await with([], { $0.sizeLimit = 3 }) { (slapd, settings) async throws in
            let before = await examined(settings)
            #expect(before.of(.limits).map(\.verdict) == [.failure, .failure], "\(before.of(.limits))")
            file = try before.paste(.limits, "slapd.conf")
            for scope in ["people", "roles"] {
                #expect(
                    before.text(.limits).contains("the server does not let all \(scope) be read: sizeLimitExceeded")
                )
            }
            let remedy = "Take the limits on the service account's searches away."
            try await mended(.limits, .failure, "sizeLimitExceeded", remedy: remedy, Self.root, settings) {
                try await slapd.paste($0)
            }
        }
        #expect(file.hasPrefix("limits \(Self.service)"))
    }

    @Test("misses content synchronisation, and what it says to paste turns it on")
    func noContentSync() async throws {
        try await with([], { $0.hasContentSync = false }) { (slapd, settings) async throws in
            let text = "does not offer content synchronisation"
            let remedy = "Changes show after an interval, not at once; see the reason."
            try await mended(.following, .warning, text, remedy: remedy, Self.root, settings) {
                try await slapd.paste($0)
            }
        }
    }

    @Test("says for slapd.conf what slapd takes there")
    func file() async throws {
        var texts: [String] = []
        var clock = ""
        let bare = { (options: inout SlapdOptions) in
            (options.hasContentSync, options.knowsPasswordPolicy) = (false, false)
        }
        try await with([], bare) { (_, settings) async throws in
            let found = await examined(settings)
            texts = try [Check.following, .policyResponse].map { try found.paste($0, "slapd.conf") }
            clock = try found.paste(.clock, "slapd.conf")
        }
        // Each names the module first, and what belongs to the database after a comment.
        let parts = texts.map { $0.components(separatedBy: "# and at the end of the database's section:\n") }
        try #require(parts.allSatisfy { $0.count == 2 })
        let change = { (options: inout SlapdOptions) in
            bare(&options)
            options.globalLines = (parts.map { $0[0] } + [clock]).joined(separator: "\n")
        }
        try await with(parts.map { $0[1] }, change) { (_, settings) async throws in
            let found = await examined(settings)
            for check in [Check.following, .policyResponse, .clock] {
                #expect(found.verdict(check) == .fine, "\(found.of(check))")
            }
        }
    }

    @Test("cannot tell the time where there is no monitor, and what it says to paste shows it")
    func clock() async throws {
        try await with([]) { (slapd, settings) async throws in
            // The last change lies in the future of a clock that is far behind: that much is known.
            let behind = ManualClock(Date().addingTimeInterval(-86400))
            #expect(await examined(settings, clock: behind).text(.clock).contains("s ahead of this host's"))
            let text = "does not tell this account the time"
            let remedy = "Have both set by NTP, or let the service account read the server's clock."
            try await mended(.clock, .warning, text, remedy: remedy, Self.root, settings) {
                try await slapd.paste($0)
            }
            for (seconds, verdict, word) in [(20.0, Finding.Verdict.warning, "behind"), (-400, .failure, "ahead of")] {
                let found = await examined(settings, clock: ManualClock(Date().addingTimeInterval(seconds)))
                #expect(found.verdict(.clock) == verdict, "\(found.of(.clock))")
                #expect(found.text(.clock).hasPrefix("the server's clock is "), "\(found.of(.clock))")
                #expect(found.text(.clock).hasSuffix(" s \(word) this host's"), "\(found.of(.clock))")
                #expect(found.remedy(.clock) == "Have both set by NTP: timedatectl set-ntp true")
            }
        }
    }
}
