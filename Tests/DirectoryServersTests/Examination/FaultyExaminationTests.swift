import DirectoryServers
import LatchkeyTesting
import Synchronizer
import Testing

@Suite("An examination of a server that answers with errors, or as another product would")
struct FaultyExaminationTests {
    @Test("names a search of everybody that ends early, whatever ended it")
    func everybody() async throws {
        try await withFaultyServer(FaultyServer.options(people: 5)) { server in
            // Five people are picked without a word of what ended that.
            for (code, text) in [
                (3, "the server does not let all people be read: timeLimitExceeded (3)"),
                (51, "not all people could be read: \(server.proxy.uri): search: busy (51)"),
            ] {
                server.proxy.inject(.ends("1.1", with: code, after: 5))
                let found = await examined(server.settings)
                #expect(found.verdict(.limits) == .failure && found.text(.limits) == text, "\(found.of(.limits))")
            }
        }
    }

    @Test("is not sure of what may be read where the server answers with an error")
    func reading() async throws {
        try await withFaultyServer(.with { $0.policy.checkQuality = 0 }) { server in
            server.proxy.inject(.ends("userPassword", with: 51, after: 0))
            let found = await examined(server.settings)
            #expect(found.verdict(.passwordReading) == .warning, "\(found.of(.passwordReading))")
            let text = "it cannot be told whether the service account may read userPassword: "
            #expect(found.text(.passwordReading).hasPrefix(text) && found.text(.passwordReading).contains("busy"))
            #expect(found.of(.manageRight).isEmpty, "\(found.of(.manageRight))")
        }
    }

    @Test("is not sure of the changelog where the server answers with an error")
    func changelog() async throws {
        try await withDirectoryServer389 { server in
            let proxy = try LDAPFaultProxy(before: server.port)
            let mobile = "changetype: modify\nreplace: mobile\nmobile: +1 555 0001\n"
            try await server.modify("dn: \(server.person("bob"))\n\(mobile)")
            proxy.inject(.ends("cn=changelog", with: 51, after: 0))
            let found = await examined(try .of(server, uri: proxy.uri))
            #expect(found.verdict(.changes) == .warning, "\(found.of(.changes))")
            let text = "it cannot be told whether the changelog names what is deleted: "
            #expect(found.text(.changes).hasPrefix(text) && found.text(.changes).contains("busy"))
        }
    }

    @Test("says what a domain controller answers instead of changes")
    func noChanges() async throws {
        try await withSamba(takesClearText: true) { samba in
            let proxy = try LDAPFaultProxy(before: 389, of: samba.address)
            proxy.inject(.ends("1.2.840.113556.1.4.841", with: 51, after: 0))
            let found = await examined(try .of(samba, uri: proxy.uri))
            #expect(found.verdict(.following) == .failure && found.text(.following).contains("busy"), "\(found)")
            #expect(found.of(.following).flatMap(\.pastes).isEmpty)
        }
    }

    /// Samba by another name, and with a control of Windows for one of its own.
    @Test("says of a Windows domain controller what it has and Samba has not")
    func windows() async throws {
        try await withSamba(takesClearText: true) { samba in
            let proxy = try LDAPFaultProxy(before: 389, of: samba.address)
            let words = [("Samba Team", "Other Team"), ("1.2.840.113556.1.4.1339", "1.2.840.113556.1.4.2239")]
            proxy.inject(.rewrites("", words.map { (old: $0.0, new: $0.1) }))
            let found = await examined(try .of(samba, uri: proxy.uri))
            #expect(found.verdict(.following) == .fine, "\(found.of(.following))")
            #expect(found.text(.following).hasSuffix("Active Directory, and its root DSE offers DirSync"))
            #expect(found.verdict(.policyHistory) == .fine, "\(found.of(.policyHistory))")
            #expect(found.text(.policyHistory) == "history and minimum age are enforced on passwords that are reset")
        }
    }

    @Test("says what is missing where a configuration takes another server for a domain controller")
    func noDomain() async throws {
        try await withSlapd { slapd in
            var settings = try DirectorySettings.of(slapd)
            settings.product = .activeDirectory
            let found = await examined(settings)
            #expect(found.verdict(.following) == .failure && found.verdict(.clock) == .warning, "\(found)")
            let text =
                "the server does not offer DirSync (1.2.840.113556.1.4.841); point `servers` at a domain controller, "
                + "not at a global catalogue or a lightweight instance"
            #expect(found.text(.following) == text)
            #expect(found.text(.clock).contains("does not tell this account the time"))
            #expect(found.of(.clock).flatMap(\.pastes).isEmpty)
            #expect(found.text(.resetRight).contains("the access list of a person's entry cannot be read"))
        }
    }
}
