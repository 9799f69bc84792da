import Identity
import LDAPClient
import LatchkeyTesting
import Synchronizer
import Testing

@testable import DirectoryServers

@Suite("Servers by SRV records")
struct ServerDiscoveryTests {
    private let domain: ServiceDomain
    private let clear = TLSOptions()
    private let startTLS = TLSOptions(startTLS: true)

    init() throws { domain = try ServiceDomain("example.org") }

    private func record(_ target: String, _ priority: UInt16 = 0, life: UInt32 = 300) -> ServiceRecord {
        ServiceRecord(priority: priority, weight: 0, port: 700, target: target, timeToLive: life)
    }

    private func found(
        _ secure: [ServiceRecord],
        _ plain: [ServiceRecord] = [],
        _ tls: TLSOptions
    ) throws(LDAPError) -> ServerDiscovery.Found {
        var random = SeededGenerator(seed: 3)
        return try ServerDiscovery.sorted(secure: secure, plain: plain, domain, tls, using: &random)
    }

    private func uris(_ found: ServerDiscovery.Found) -> [[String]] { found.groups.map { $0.map(\.uri) } }

    @Test("are those with TLS first, and those without only where StartTLS protects them")
    func protection() throws {
        let secure = [record("b.example.org", 2), record("a.example.org", 1)]
        let plain = [record("c.example.org")]
        let first = [["ldaps://a.example.org:700"], ["ldaps://b.example.org:700"]]
        #expect(try uris(found(secure, plain, clear)) == first)
        #expect(try uris(found(secure, plain, startTLS)) == first + [["ldap://c.example.org:700"]])
        let error = #expect(throws: LDAPError.self) { try found([], plain, clear) }
        #expect(error?.description.contains("startTLS: true") == true)
    }

    @Test("are not looked for where a forged answer could point to")
    func foreign() throws {
        let secure = [record("ldap.evil.net"), record("good.example.org")]
        #expect(try uris(found(secure, [], clear)) == [["ldaps://good.example.org:700"]])
        let error = #expect(throws: LDAPError.self) { try found([record("ldap.evil.net")], [], clear) }
        #expect(error?.description.contains("ldap.evil.net, which is not in example.org") == true)
    }

    @Test("are bounded in number and in how long they are believed")
    func bounds() throws {
        let many = (0..<32).map { record("s\($0).example.org", UInt16($0), life: 1) }
        let found = try found(many, [], clear)
        #expect(found.groups.joined().count == 16)
        #expect(found.lifetime == .seconds(60))
        #expect(try self.found([record("a.example.org", life: 1_000_000)], [], clear).lifetime == .seconds(3600))
    }

    @Test("that are absent, or denied by a single dot, are an error that says so")
    func absent() throws {
        for records in [[], [record("")]] {
            #expect(throws: LDAPError.self) { try found(records, [], clear) }
        }
    }

    @Test("keep their order while the records stay, and their place in the configured list")
    func list() throws {
        let now = ContinuousClock.now
        let named = try LDAPServer("ldaps://first.example.org")
        let group = try ["a", "b", "c"].map { try LDAPServer("ldaps://\($0).example.org:636") }
        var list = ServerList([.named(named), .discovered(domain), .named(group[0])])
        #expect(list.due(at: now) == [domain])
        list.take(.init(groups: [group], lifetime: .seconds(60)), of: domain, at: now)
        list.take(.init(groups: [group.reversed()], lifetime: .seconds(60)), of: domain, at: now)
        #expect(list.ranked.map(\.server) == [named] + group)
        #expect(list.ranked.map(\.rank) == [0, 1, 1, 1])
        #expect(list.due(at: now + .seconds(59)).isEmpty)
        #expect(list.due(at: now + .seconds(60)) == [domain])
        // DNS is silent: what is known stands, and it is asked again later.
        list.failed(domain, at: now + .seconds(60))
        #expect(list.ranked.count == 4)
        #expect(list.due(at: now + .seconds(89)).isEmpty)
        #expect(list.due(at: now + .seconds(90)) == [domain])
    }

    @Test("are found and followed: a real name server, a real directory")
    func followed() async throws {
        try await withSlapd { slapd in
            let names = try NameServer([
                "_ldap._tcp.example.org": [.init("localhost", port: slapd.port), .init("ldap.evil.net", port: 389)]
            ])
            let lookup = ServiceLookup(loopbackPort: names.port)
            let settings = try DirectorySettings.of(
                slapd,
                sources: [.discovered(domain)],
                discovery: ServerDiscovery(lookup: lookup)
            )
            try await withFollower(settings, folder: mirrorFolder(slapd)) { (follower) async throws in
                try await follower.live()
                #expect(await follower.engine.status().feed?.server == "ldap://localhost:\(slapd.port)")
            }
            #expect(names.questions.count == 2)
        }
    }

    @Test("that DNS does not tell are a problem that status names")
    func silentDNS() async throws {
        try await withSlapd { slapd in
            let names = try NameServer([:])
            let discovery = ServerDiscovery(lookup: ServiceLookup(loopbackPort: names.port))
            let settings = try DirectorySettings.of(slapd, sources: [.discovered(domain)], discovery: discovery)
            try await withFollower(settings, folder: mirrorFolder(slapd)) { (follower) async throws in
                #expect(try await follower.problem().contains("_ldaps._tcp.example.org"))
            }
        }
    }
}
