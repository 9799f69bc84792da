import DirectoryServers
import Foundation
import Identity
import LDAPClient
import LatchkeyTesting
import SelfService
import Testing

@Suite("Active Directory: accounts, on Samba")
struct ActiveDirectoryAccountsTests {
    private static func settings(_ samba: SambaFixture, _ uri: String? = nil) throws -> DirectorySettings {
        let usual = try DirectorySettings.of(samba)
        guard let uri else { return usual }
        return DirectorySettings(
            servers: [.named(try LDAPServer(uri))],
            credentials: usual.credentials,
            users: usual.users,
            roles: usual.roles
        )
    }

    private static func account(_ login: String, _ samba: SambaFixture, _ directory: LiveDirectory) async throws
        -> LiveAccount
    {
        let found = try await samba.search("(sAMAccountName=\(login))", ["objectGUID"])
        let text = try #require(found.first?["objectGUID"]?.first)
        let bytes = try #require(Data(base64Encoded: text))
        let guid = try #require(ObjectGUID(wire: Array(bytes)))
        let id = try #require(EntryID(bytes: guid.bytes))
        return try #require(try await directory.account(id))
    }

    @Test("who is in a privileged group is protected, however deep, also before the directory has marked them")
    func privileged() async throws {
        try await withSamba { samba in
            let directory = LiveDirectory(settings: try Self.settings(samba))
            let before = try await Self.account("alice", samba, directory)
            #expect(!before.isProtected && before.user.roles == ["all", "staff"])
            try await samba.modify(
                SambaContent.addMember(samba.group("all"), to: "CN=Account Operators,CN=Builtin,\(samba.suffix)")
                    + SambaContent.addMember(samba.person("dave"), to: "CN=Domain Admins,CN=Users,\(samba.suffix)")
            )
            for login in ["alice", "carol", "dave"] {
                #expect(try await Self.account(login, samba, directory).isProtected, "\(login)")
            }
            #expect(try await !Self.account("erin", samba, directory).isProtected)
            await directory.close()
        }
    }

    @Test("a primary group is a role too, and what it is in")
    func primaryGroup() async throws {
        try await withSamba { samba in
            let directory = LiveDirectory(settings: try Self.settings(samba))
            let group = try await samba.search("(cn=staff)", ["objectSid"]).first?["objectSid"]?.first
            let text = try #require(group)
            let sid = try #require(Data(base64Encoded: text))
            let number = sid.suffix(4).reversed().reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
            try await samba.modify(SambaContent.replace("primaryGroupID", "\(number)", of: samba.person("alice")))
            let members = try await samba.search("(cn=staff)", ["member"]).first?["member"] ?? []
            #expect(!members.contains(samba.person("alice")), "the directory leaves her out of it")
            #expect(try await Self.account("alice", samba, directory).user.roles == ["all", "staff"])
            await directory.close()
        }
    }

    @Test("the domain's policy is read, but for what the server does not look at on a reset")
    func policy() async throws {
        try await withSamba { samba in
            try await samba.modify(
                SambaContent.replace("minPwdLength", "11", of: samba.suffix)
                    + SambaContent.replace("pwdHistoryLength", "5", of: samba.suffix)
                    + SambaContent.replace("minPwdAge", "-864000000000", of: samba.suffix)
            )
            let directory = LiveDirectory(settings: try Self.settings(samba))
            let rules = try await directory.passwordRules(for: Self.account("alice", samba, directory))
            #expect(rules.minimumLength == 11 && rules.categories == 3 && rules.forbidsNames && !rules.isComplete)
            #expect(rules.minimumAge == 0 && rules.history == nil)
            #expect(try await directory.lockoutThreshold() == 3)
            await directory.close()
        }
    }

    @Test("a password that must be changed is told from a wrong one")
    func mustChange() async throws {
        try await withSamba { samba in
            let directory = LiveDirectory(settings: try Self.settings(samba))
            let alice = try await Self.account("alice", samba, directory).user
            #expect(try await directory.verify(Password(SambaFixture.password), of: alice) == .right)
            try await samba.modify(SambaContent.replace("pwdLastSet", "0", of: samba.person("alice")))
            #expect(try await directory.verify(Password(SambaFixture.password), of: alice) == .mustChange)
            #expect(try await directory.verify(Password("wrong"), of: alice) == .refused)
            #expect(try await Self.account("alice", samba, directory).mustChange)
            await directory.close()
        }
    }

    // MARK: What only Windows does, from its documentation

    /// A control of the same length that Samba has.
    private static let samba = "1.2.840.113556.1.4.1413"
    private static let hints = "1.2.840.113556.1.4.2239"

    /// The root DSE offers the hints; a write with them is answered like that, one without is not answered.
    private static func windows(_ code: Int, _ words: String) -> LDAPFault {
        var fault = LDAPFault.rewrites("objectClass", [(samba, hints)])
        fault.onRequest = { request in
            guard request.message.isWrite else { return .pass }
            guard request.message.mentions(hints) else { return .drop }
            return .answer(WireMessage.modifyEnd(of: request.message.id, code: code, diagnostic: words))
        }
        return fault
    }

    @Test(
        "where the server offers the policy hints they go with the password, and its refusals are decoded",
        arguments: [
            (53, "0000052D: SvcErr: DSID-031A12D2, problem 5003 (WILL_NOT_PERFORM), data 0", "constraint-violation"),
            (19, "0000052D: AtrErr: DSID-03191083, #1:\n\t0: 0000052D: DSID-03191083", "constraint-violation"),
            (50, "00000005: SecErr: DSID-031A11ED, problem 4003 (INSUFF_ACCESS_RIGHTS), data 0", "insufficient-rights"),
            (53, "0000001F: SvcErr: DSID-031A12D2, problem 5003 (WILL_NOT_PERFORM), data 0", "other"),
        ]
    )
    func hinted(code: Int, words: String, reason: String) async throws {
        try await withSamba(takesClearText: true) { samba in
            let proxy = try LDAPFaultProxy(before: 389, of: samba.address)
            proxy.inject(Self.windows(code, words))
            let directory = LiveDirectory(settings: try Self.settings(samba, proxy.uri))
            let alice = try await Self.account("alice", samba, directory)
            let outcome = try await directory.write(Password("Brand-New-7"), to: alice, mustChange: false)
            #expect(outcome.result == .refused && outcome.reason?.rawValue == reason)
            // With them, the server enforces all of its policy.
            try await samba.modify(SambaContent.replace("minPwdAge", "-864000000000", of: samba.suffix))
            #expect(try await directory.passwordRules(for: alice).minimumAge == 86_400)
            await directory.close()
        }
    }

    @Test("a server that offers the hints and does not take them gets no password")
    func refusedHints() async throws {
        try await withSamba(takesClearText: true) { samba in
            let proxy = try LDAPFaultProxy(before: 389, of: samba.address)
            proxy.inject(.rewrites("objectClass", [(Self.samba, Self.hints)]))
            let directory = LiveDirectory(settings: try Self.settings(samba, proxy.uri))
            let alice = try await Self.account("alice", samba, directory)
            let outcome = try? await directory.write(Password("Brand-New-7"), to: alice, mustChange: false)
            #expect(outcome?.result != .applied)
            #expect(try await samba.canBind("alice", SambaFixture.password))
            await directory.close()
        }
    }
}
