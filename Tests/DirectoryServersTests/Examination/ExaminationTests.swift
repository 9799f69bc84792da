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
            let remedy = "Check the name, the port, the firewall, and that the server runs."
            #expect(findings.first?.remedy == remedy)
            #expect(findings.last?.subject == slapd.socketURI)
            let clear = await examined(try .of(slapd, uri: "ldap://192.0.2.1"))
            #expect(clear.verdict(.connection) == .failure, "\(clear)")
            #expect(clear.remedy(.connection) == "Use ldaps://, or directory.tls.startTLS: true.")
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
            let (secure, clear) = ("_ldaps._tcp.example.org", "_ldap._tcp.example.org")
            for (names, verdict, text) in [
                (
                    try NameServer([secure: [.init("ldap.example.org", port: 1)]]), Finding.Verdict.fine,
                    "DNS names ldaps://ldap.example.org:1"
                ), (try NameServer([:]), .failure, "DNS has no records \(secure) and \(clear)"),
                (
                    try NameServer([secure: [.init("ldap.example.net", port: 1)]]), .failure,
                    "DNS names ldap.example.net, which is not in example.org and is not trusted: name it in `servers`"
                ),
                (
                    try NameServer([clear: [.init("ldap.example.org", port: 1)]]), .failure,
                    "DNS names only servers without TLS; set tls: { startTLS: true }"
                ),
            ] {
                let discovery = ServerDiscovery(lookup: ServiceLookup(loopbackPort: names.port))
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
            let remedy = "Check directory.bind; every further try counts towards the account's lock-out."
            #expect(findings.remedy(.bind) == remedy)
            #expect(!"\(findings)".contains("not the password"))
        }
    }

    @Test("names a base that is not there, a filter that nobody matches, and attributes that nobody shows")
    func content() async throws {
        try await withSlapd { slapd in
            var settings = try DirectorySettings.of(slapd)
            settings.users.base = try DistinguishedName("ou=nowhere,\(slapd.suffix)")
            settings.roles?.filter = try Filter("(cn=nothing)")
            let found = await examined(settings).of(.content)
            let wrong = found.map(\.text)
            #expect(
                found.map(\.remedy) == [
                    "Correct the base, or let the service account read it.",
                    "Try it as the service account: ldapsearch -b \"ou=groups,\(slapd.suffix)\" \"(cn=nothing)\"",
                ]
            )
            #expect(wrong.count == 2)
            #expect(wrong.first?.contains("the base ou=nowhere,\(slapd.suffix) does not exist") == true)
            let nobody =
                "no entry below ou=groups,\(slapd.suffix) matches (cn=nothing), or the service account may see none"
            #expect(wrong.last == nobody)
            settings = try DirectorySettings.of(slapd)
            settings.users.mobilePhone = "pager"
            settings.users.login = "employeeNumber"
            let warned = await examined(settings).of(.content)
            let login = warned.first { $0.text.contains("show no employeeNumber and are passed over") }
            #expect(login?.remedy == "Map another attribute, narrow the filter, or let the service account read it.")
            let pager = warned.first { $0.text == "none of the first 5 entries shows pager, preferredLanguage" }
            let map = "If some have it, let the service account read it, or map another attribute."
            #expect(pager?.remedy == map, "\(warned)")
        }
    }

    @Test("misses the immutable ids, and says what a server answers instead of entries")
    func hidden() async throws {
        let rule = "access to attrs=entryUUID by * none"
        try await withSlapd(.with { $0.databaseLines = rule }) { slapd in
            let found = await examined(try .of(slapd))
            let blind = found.of(.content).first { $0.text.contains("no entry shows an immutable id") }
            #expect(blind?.verdict == .failure, "\(found.of(.content))")
            let remedy = "Let the service account read it: without it a person would not survive a rename."
            #expect(blind?.remedy == remedy)
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
            #expect(found.remedy(.trust)?.hasPrefix("See the server's access rules; or leave trustDirectory") == true)
            #expect(found.text(.following).hasSuffix("an LDAP server of unknown make, which is asked at intervals"))
            #expect(found.of(.resetRight).isEmpty)
            settings.match = "uid"
            let linked = await examined(settings)
            #expect(linked.verdict(.following) == .failure && linked.text(.following).contains("unwillingToPerform"))
            settings.product = nil
            let known = await examined(settings)
            #expect(known.verdict(.following) == .fine && known.of(.limits).isEmpty, "\(known)")
            #expect(known.text(.following) == "OpenLDAP; its accounts are written after the person's own")
        }
    }

    @Test("says that a server is only asked where the configuration wants that, and has nothing to paste")
    func wantsPoll() async throws {
        try await withSlapd { slapd in
            var settings = try DirectorySettings.of(slapd)
            settings.follow = .poll
            let found = await examined(settings)
            #expect(found.verdict(.following) == .warning)
            let reason = "OpenLDAP, which is asked at intervals because `sync.follow` is poll"
            #expect(found.text(.following) == "OpenLDAP; followed by polling: \(reason)", "\(found.of(.following))")
            #expect(found.of(.following).flatMap(\.pastes).isEmpty)
        }
    }

    @Test("says that a server can only be asked where the configuration wants to be told")
    func wantsPersist() async throws {
        try await withSlapd(.with { $0.hasContentSync = false }) { slapd in
            var settings = try DirectorySettings.of(slapd)
            settings.follow = .persist
            let found = await examined(settings)
            #expect(found.verdict(.following) == .failure, "\(found.of(.following))")
            let text = "`sync.follow` is persist, and the server can only be asked at intervals: "
            #expect(found.text(.following).hasPrefix(text) && found.of(.following).allSatisfy { $0.remedy == nil })
            #expect(try found.paste(.following, "slapd.conf").contains("overlay syncprov"))
        }
    }
}
