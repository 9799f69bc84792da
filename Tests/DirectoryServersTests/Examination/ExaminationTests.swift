import DirectoryServers
import LDAPClient
import LatchkeyTesting
import Synchronizer
import Testing

@Suite("An examination of the directory")
struct ExaminationTests {
    @Test("says of each product what it is, how it is followed, and why", arguments: ProductUnderTest.allCases)
    func strategies(product: ProductUnderTest) async throws {
        try await product.run { (directory) async throws in
            let findings = await examined(try directory.settings)
            let polls = product.rawValue.hasSuffix("ByPolling")
            #expect(findings.verdict(.following) == (polls ? .warning : .fine))
            #expect(findings.text(.following).contains("followed by \(directory.strategy): "), "\(findings)")
            #expect(findings.allSatisfy { $0.verdict != .failure }, "\(findings)")
            #expect(findings.verdict(.connection) == .fine && findings.verdict(.bind) == .fine, "\(findings)")
            #expect(findings.verdict(.limits) == .fine, "\(findings)")
        }
    }

    @Test("looks at every server, and says of each what is wrong and what to do")
    func servers() async throws {
        try await withSlapd { slapd in
            // Nobody listens on port 1.
            let sources = try ["ldap://127.0.0.1:1", slapd.socketURI].map { ServerSource.named(try LDAPServer($0)) }
            let findings = await examined(try .of(slapd, sources: sources)).of(.connection)
            #expect(findings.map(\.verdict) == [.failure, .fine])
            #expect(findings.first?.remedy?.contains("firewall") == true)
            #expect(findings.last?.subject == slapd.socketURI)
            let clear = await examined(try .of(slapd, uri: "ldap://192.0.2.1"))
            #expect(clear.verdict(.connection) == .failure, "\(clear)")
            #expect(clear.of(.connection).first?.remedy?.contains("startTLS: true") == true)
        }
    }

    @Test("says what a server answers that refuses binds, or shows nothing of itself")
    func unwilling() async throws {
        try await withSlapd(.with { $0.globalLines = "disallow bind_simple" }) { slapd in
            let found = await examined(try .of(slapd))
            #expect(found.verdict(.bind) == .failure, "\(found)")
            #expect(found.of(.bind).allSatisfy { $0.remedy == nil })
        }
        try await withSlapd(.with { $0.globalLines = "access to dn.base=\"\" by * none" }) { slapd in
            let found = await examined(try .of(slapd)).of(.connection)
            #expect(found.last?.verdict == .failure && found.last?.text.contains("root DSE") == true, "\(found)")
        }
    }

    @Test("says what DNS names, and how to ask it where it names nothing")
    func discovery() async throws {
        let domain = try ServiceDomain("example.org")
        try await withSlapd { slapd in
            let names = try NameServer(["_ldaps._tcp.example.org": [.init("ldap.example.org", port: 1)]])
            for (port, verdict, text) in [
                (names.port, Finding.Verdict.fine, "DNS names ldaps://ldap.example.org:1"),
                (try NameServer([:]).port, .failure, "_ldaps._tcp.example.org"),
            ] {
                let discovery = ServerDiscovery(lookup: ServiceLookup(loopbackPort: port))
                let settings = try DirectorySettings.of(slapd, sources: [.discovered(domain)])
                let found = await DirectoryExaminer(settings: settings, discovery: discovery).examine()
                #expect(found.verdict(.discovery) == verdict && found.text(.discovery).contains(text), "\(found)")
                let remedy = found.of(.discovery).first?.remedy
                #expect(remedy == (verdict == .fine ? nil : "Ask with: dig SRV _ldaps._tcp.example.org"))
            }
        }
    }

    @Test("tries a refused bind on one server only, and shows no password")
    func refusedBind() async throws {
        try await withSlapd { slapd in
            let sources = try [slapd.socketURI, slapd.uri].map { ServerSource.named(try LDAPServer($0)) }
            let findings = await examined(try .of(slapd, sources: sources, password: "not the password"))
            #expect(findings.of(.bind).count == 1 && findings.verdict(.bind) == .failure)
            #expect(findings.of(.bind).first?.remedy?.contains("lock-out") == true)
            #expect(!"\(findings)".contains("not the password"))
        }
    }

    @Test("names a base that is not there, a filter that nobody matches, and attributes that nobody shows")
    func content() async throws {
        try await withSlapd { slapd in
            var settings = try DirectorySettings.of(slapd)
            settings.users.base = try DistinguishedName("ou=nowhere,\(slapd.suffix)")
            settings.roles?.filter = try Filter("(cn=nothing)")
            let wrong = await examined(settings).of(.content).map(\.text)
            #expect(wrong.count == 2)
            #expect(wrong.first?.contains("the base ou=nowhere,\(slapd.suffix) does not exist") == true)
            #expect(wrong.last?.contains("no entry below ou=groups,\(slapd.suffix) matches (cn=nothing)") == true)
            settings = try DirectorySettings.of(slapd)
            settings.users.mobilePhone = "pager"
            settings.users.login = "employeeNumber"
            let warned = await examined(settings).of(.content).map(\.text)
            #expect(warned.contains { $0.contains("show no employeeNumber and are passed over") }, "\(warned)")
            #expect(warned.contains { $0.contains("shows") && $0.contains("pager") }, "\(warned)")
        }
    }

    @Test("misses the immutable ids, and says what a server answers instead of entries")
    func hidden() async throws {
        let rule = "access to attrs=entryUUID by * none"
        try await withSlapd(.with { $0.databaseLines = rule }) { slapd in
            let found = await examined(try .of(slapd))
            #expect(found.of(.content).contains { $0.verdict == .failure && $0.text.contains("shows an immutable id") })
        }
        try await withSlapd(.with { $0.databaseLines = "restrict search" }) { slapd in
            let found = await examined(try .of(slapd))
            #expect(found.verdict(.content) == .failure, "\(found)")
            #expect(found.text(.content).contains("unwillingToPerform"), "\(found)")
        }
    }

    @Test("warns of a trusted attribute where the product is not known")
    func unknownProduct() async throws {
        try await withSlapd { slapd in
            var settings = try DirectorySettings.of(slapd)
            settings.product = .other
            settings.trusted = ["mobile"]
            let found = await examined(settings)
            #expect(found.verdict(.trust) == .warning && found.text(.trust).contains("is not known"), "\(found)")
            #expect(found.of(.resetRight).isEmpty)
            settings.match = "uid"
            let linked = await examined(settings)
            #expect(linked.verdict(.following) == .failure && linked.text(.following).contains("unwillingToPerform"))
        }
    }

    @Test("says that a server can only be asked where the configuration wants to be told")
    func wantsPersist() async throws {
        try await withSlapd(.with { $0.hasContentSync = false }) { slapd in
            var settings = try DirectorySettings.of(slapd)
            settings.follow = .persist
            let found = await examined(settings)
            #expect(found.verdict(.following) == .failure, "\(found.of(.following))")
            #expect(try found.paste(.following, "slapd.conf").contains("overlay syncprov"))
        }
    }
}
