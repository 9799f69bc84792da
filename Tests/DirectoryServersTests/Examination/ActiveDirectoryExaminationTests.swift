import Foundation
import Identity
import LDAPClient
import LatchkeyTesting
import Synchronizer
import Testing

@testable import DirectoryServers

@Suite("An examination of a domain controller")
struct ActiveDirectoryExaminationTests {
    private static let samba = "Samba"

    @Test("finds the least rights enough, and writes nothing to find out")
    func least() async throws {
        try await withSamba { samba in
            let before = try await samba.search("(objectClass=user)", ["*", "uSNChanged", "replPropertyMetaData"])
            let found = await examined(try .of(samba))
            for check in [Check.resetRight, .unlockRight, .mustChangeRight, .changes, .following, .clock, .limits] {
                #expect(found.verdict(check) == .fine, "\(found.of(check))")
            }
            // Nothing of it comes from binding or reading either, but for the time of the sign-in.
            let after = try await samba.search("(objectClass=user)", ["*", "uSNChanged", "replPropertyMetaData"])
            #expect(after.map { $0["pwdLastSet"] } == before.map { $0["pwdLastSet"] })
            #expect(after.map { $0["lockoutTime"] } == before.map { $0["lockoutTime"] })
        }
    }

    @Test("names each missing right, and what it says to paste grants them, as a reset then shows")
    func missing() async throws {
        try await withSamba { samba in
            let settings = try DirectorySettings.of(samba, bindAs: samba.shortsighted)
            let before = await examined(settings)
            #expect(before.verdict(.unlockRight) == .failure && before.verdict(.mustChangeRight) == .warning)
            let lockout = "may not write lockoutTime: no unlock is possible, and a reset leaves people locked"
            #expect(before.text(.unlockRight).contains(lockout))
            let set = "may not write pwdLastSet: nobody can be made to choose another password, nor be spared it"
            #expect(before.text(.mustChangeRight).contains(set))
            let remedy = "Grant it for the users below the base."
            #expect(before.remedy(.unlockRight) == remedy && before.remedy(.mustChangeRight) == remedy)
            let blind = "the service account would not see deletions; grant it list and read on CN=Deleted Objects,"
            #expect(before.text(.following).contains(blind), "\(before.of(.following))")
            #expect(before.text(.following).hasSuffix(". Until then the server is asked at intervals"))
            #expect(try await resetError(samba, settings) == .insufficientAccess)
            let text = "may not reset passwords (the right Reset Password): no reset is possible"
            try await mended(.resetRight, .failure, text, remedy: remedy, Self.samba, settings) {
                try await samba.paste($0)
            }
            let after = await examined(settings)
            #expect(after.verdict(.unlockRight) == .fine && after.verdict(.mustChangeRight) == .fine, "\(after)")
            #expect(try await resetError(samba, settings) == nil)
            let windows = try before.paste(.resetRight, "Windows")
            #expect(windows.contains("\"shortsighted@ad.example.test:CA;Reset Password;user\""), "\(windows)")
        }
    }

    /// - Returns: nil for a reset that was carried out.
    private func resetError(_ samba: SambaFixture, _ settings: DirectorySettings) async throws -> ResultCode? {
        let connection = try await LDAPConnection.open(try LDAPServer(samba.uri), tls: settings.tls)
        try await connection.bind(settings.credentials)
        let password = ActiveDirectoryDialect.encoded(Array("Another-Horse-8".utf8))
        let dn = try DistinguishedName(samba.person("bob"))
        do throws(LDAPError) {
            try await connection.modify(dn, [Modification(.replace, "unicodePwd", [password])])
            return nil
        } catch {
            return error.code
        }
    }

    @Test("believes a denial that comes before a grant")
    func denied() async throws {
        try await withSamba { samba in
            try await samba.revokeWriting()
            let found = await examined(try .of(samba))
            #expect(found.verdict(.resetRight) == .failure && found.verdict(.unlockRight) == .failure, "\(found)")
        }
    }

    @Test("misses the right to replicate and the sight of what is deleted, and what it says to paste gives both")
    func following() async throws {
        try await withSamba { samba in
            let settings = try DirectorySettings.of(samba, bindAs: samba.person("erin"))
            let before = await examined(settings)
            #expect(before.verdict(.changes) == .warning && before.text(.changes).contains("does not see CN=Deleted"))
            #expect(
                before.verdict(.following) == .warning && before.text(.following).contains("may not follow changes")
            )
            #expect(before.remedy(.changes) == "Let it list and read that container.")
            try await samba.paste(before.paste(.changes, Self.samba))
            try await samba.paste(before.paste(.following, Self.samba))
            let after = await examined(settings)
            #expect(after.verdict(.changes) == .fine, "\(after.of(.changes))")
            #expect(after.text(.following).contains("followed by dirsync"), "\(after.of(.following))")
        }
    }

    @Test("misses policies that it may not read, and what it says to paste shows them")
    func policies() async throws {
        try await withSamba { samba in
            let settings = try DirectorySettings.of(samba)
            let text = "fine-grained password policies cannot be read"
            let container = "Let the service account read the Password Settings Container."
            try await mended(.policyReading, .warning, text, remedy: container, Self.samba, settings) {
                try await samba.paste($0)
            }
            // Domain Password & Lockout Policies (MS-ADTS, 5.1.3.2.1).
            let sid = try await samba.sid(of: "latchkey")
            let denial = "(OD;;RP;c7407360-20bf-11d0-a768-00aa006e0529;;\(sid))"
            try await samba.paste("samba-tool dsacl set --objectdn='\(samba.suffix)' --sddl='\(denial)'")
            let domain = "the domain's password policy cannot be read"
            let entry = "Let the service account read the entry \(samba.suffix)."
            try await mended(.policyReading, .warning, domain, remedy: entry, Self.samba, settings) {
                try await samba.paste($0)
            }
        }
    }

    @Test("says that history is not enforced where the server has no policy hints")
    func history() async throws {
        try await withSamba { samba in
            let found = await examined(try .of(samba))
            #expect(found.verdict(.policyHistory) == .warning)
            #expect(found.text(.policyHistory).contains("enforces neither history nor minimum age"))
            let remedy = "Samba has none. Windows has it from Server 2008 R2 on, with its updates."
            #expect(found.remedy(.policyHistory) == remedy)
        }
    }

    @Test("finds a trusted attribute that people may write, and what it says to paste ends that for each")
    func trusted() async throws {
        try await withSamba { samba in
            var settings = try DirectorySettings.of(samba)
            settings.trusted = ["mobile"]
            let text =
                "trustDirectory believes mobile, so whoever writes it resets the password; the directory lets people "
                + "write it in their own entries"
            let remedy =
                "Deny it on each entry, those that will be made too: an inherited rule would not do. Or leave "
                + "trustDirectory out, and have people prove the value once."
            try await mended(.trust, .failure, text, remedy: remedy, Self.samba, settings) {
                try await samba.paste($0)
            }
        }
    }

    @Test("says so where access lists cannot be read")
    func hiddenLists() async throws {
        try await withSamba { samba in
            var settings = try DirectorySettings.of(samba)
            settings.trusted = ["mobile"]
            let sid = try await samba.sid(of: "latchkey")
            for login in ["alice", "bob", "carol", "dave", "erin"] {
                let entry = samba.person(login)
                try await samba.paste("samba-tool dsacl set --objectdn='\(entry)' --sddl='(D;;RC;;;\(sid))'")
            }
            let found = await examined(settings)
            #expect(found.verdict(.resetRight) == .warning)
            #expect(found.text(.resetRight).contains("the access list of a person's entry cannot be read"))
            #expect(found.verdict(.trust) == .warning && found.text(.trust).contains("neither schema nor access lists"))
            #expect(found.remedy(.trust)?.hasPrefix("Let the service account read them, or leave trust") == true)
        }
    }

    @Test("compares the clocks")
    func clock() async throws {
        try await withSamba { samba in
            let found = await examined(try .of(samba), clock: ManualClock(Date().addingTimeInterval(60)))
            #expect(found.verdict(.clock) == .warning, "\(found.of(.clock))")
            #expect(found.text(.clock).contains("behind this host's"))
        }
    }
}

extension SambaFixture {
    /// S-1-…
    fileprivate func sid(of login: String) async throws -> String {
        // ldapsearch shows the bytes in base64, of which `LDIFText` keeps what is no text.
        let found = try await search("(sAMAccountName=\(login))", ["objectSid"]).first?["objectSid"]?.first
        let bytes = try #require(found.flatMap { Data(base64Encoded: $0) })
        return try #require(SecurityIdentifier(Array(bytes))).text
    }
}
