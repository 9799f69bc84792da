import DirectoryServers
import Foundation
import LDAPClient
import LatchkeyTesting
import Synchronizer
import Testing

@Suite("An examination of the directory")
struct ExaminationTests {
    private func examine(_ settings: DirectorySettings) async -> [Finding] {
        await DirectoryExaminer(settings: settings).examine()
    }

    @Test("says of each product what it is, how it is followed, and why", arguments: ProductUnderTest.allCases)
    func strategies(product: ProductUnderTest) async throws {
        try await product.run { (directory) async throws in
            let findings = await examine(try directory.settings)
            let strategy = try #require(findings.first)
            let polls = product.rawValue.hasSuffix("ByPolling")
            #expect(strategy.verdict == (polls ? .warning : .fine))
            #expect(strategy.text.contains("followed by \(directory.strategy): "), "\(strategy)")
            #expect(findings.allSatisfy { $0.verdict != .failure }, "\(findings)")
        }
    }

    @Test("looks at every server, and says of each what is wrong and what to do")
    func servers() async throws {
        try await withSlapd { slapd in
            // Nobody listens on port 1.
            let sources = try ["ldap://127.0.0.1:1", slapd.socketURI].map { ServerSource.named(try LDAPServer($0)) }
            let findings = await examine(try .of(slapd, sources: sources))
            #expect(findings.first?.verdict == .failure && findings.first?.remedy?.contains("firewall") == true)
            #expect(findings.dropFirst().first?.subject == slapd.socketURI)
            #expect(findings.dropFirst().first?.verdict == .fine)
        }
    }

    @Test("tries a refused bind on one server only, and shows no password")
    func refusedBind() async throws {
        try await withSlapd { slapd in
            let sources = try [slapd.socketURI, slapd.uri].map { ServerSource.named(try LDAPServer($0)) }
            let findings = await examine(try .of(slapd, sources: sources, password: "not the password"))
            #expect(findings.count == 1 && findings.first?.verdict == .failure)
            #expect(findings.first?.remedy?.contains("lock-out") == true)
            #expect(!"\(findings)".contains("not the password"))
        }
    }

    @Test("names a base that is not there, a filter that nobody matches, and attributes that nobody shows")
    func content() async throws {
        try await withSlapd { slapd in
            var settings = try DirectorySettings.of(slapd)
            settings.users.base = try DistinguishedName("ou=nowhere,\(slapd.suffix)")
            settings.roles?.filter = try Filter("(cn=nothing)")
            let wrong = await examine(settings).dropFirst().map(\.text)
            #expect(wrong.count == 2)
            #expect(wrong.first?.contains("the base ou=nowhere,\(slapd.suffix) does not exist") == true)
            #expect(wrong.last?.contains("no entry below ou=groups,\(slapd.suffix) matches (cn=nothing)") == true)
            settings = try DirectorySettings.of(slapd)
            settings.users.mobilePhone = "pager"
            settings.users.login = "employeeNumber"
            let warned = await examine(settings).filter { $0.verdict == .warning }.map(\.text)
            #expect(warned.contains { $0.contains("show no employeeNumber and are passed over") }, "\(warned)")
            #expect(warned.contains { $0.contains("shows") && $0.contains("pager") }, "\(warned)")
        }
    }

    @Test("warns of attributes that count without a proof, and says how to find out who may write them")
    func trusted() async throws {
        for product in [ProductUnderTest.openLDAP, .directoryServer389, .samba] {
            try await product.run { (directory) async throws in
                var settings = try directory.settings
                #expect(await trust(settings).isEmpty)
                settings.trusted = ["mobile"]
                let found = await trust(settings)
                #expect(found.count == 1, "\(found)")
                #expect(found.allSatisfy { $0.verdict == .warning })
                let letsPeople = found.first?.text.contains("lets people write it") == true
                #expect(letsPeople == (product == .samba))
                #expect(found.first?.remedy?.contains("leave trustDirectory out") == true)
            }
        }
    }

    private func trust(_ settings: DirectorySettings) async -> [Finding] {
        await examine(settings).filter { $0.text.hasPrefix("trustDirectory believes") }
    }

    @Test("reads a sample of a large directory, and takes the server's limit for what it is")
    func sample() async throws {
        try await withSlapd(.with { $0.sizeLimit = 3 }) { slapd in
            let findings = await examine(try .of(slapd))
            #expect(findings.allSatisfy { $0.verdict != .failure }, "\(findings)")
        }
    }
}
