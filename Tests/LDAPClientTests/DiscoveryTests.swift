import LatchkeyTesting
import Testing

@testable import LDAPClient

@Suite("SRV records")
struct DiscoveryTests {
    private func domain() throws -> ServiceDomain { try ServiceDomain("Example.ORG.") }

    @Test("come from a real name server as they stand there")
    func records() async throws {
        let server = try NameServer([
            "_ldaps._tcp.example.org": [
                .init("a.example.org", port: 636, priority: 10, weight: 60),
                .init("b.example.org", port: 1636, priority: 20),
            ]
        ])
        let lookup = ServiceLookup(loopbackPort: server.port)
        let records = try await lookup.records(of: "_ldaps._tcp", in: domain())
        #expect(
            records == [
                ServiceRecord(priority: 10, weight: 60, port: 636, target: "a.example.org", timeToLive: 300),
                ServiceRecord(priority: 20, weight: 0, port: 1636, target: "b.example.org", timeToLive: 300),
            ]
        )
        #expect(try await lookup.records(of: "_ldap._tcp", in: domain()).isEmpty)
        #expect(server.questions == ["_ldaps._tcp.example.org", "_ldap._tcp.example.org"])
    }

    @Test("of a server that answers with garbage are an error, not a crash and not nothing")
    func garbage() async throws {
        let server = try NameServer([:], .garbage)
        let lookup = ServiceLookup(loopbackPort: server.port)
        let error = await #expect(throws: LDAPError.self) {
            try await lookup.records(of: "_ldaps._tcp", in: domain())
        }
        #expect([.decodingError, .connectError].contains(error?.code))
    }

    @Test("are waited for until the deadline only")
    func silence() async throws {
        let server = try NameServer([:], .silent)
        let lookup = ServiceLookup(loopbackPort: server.port)
        let error = await #expect(throws: LDAPError.self) {
            try await lookup.records(of: "_ldaps._tcp", in: domain(), deadline: .milliseconds(50))
        }
        #expect(error?.code == .timeout)
        #expect(error?.description.contains("_ldaps._tcp.example.org") == true)
    }

    @Test("that are cut off or random bytes never crash the reader")
    func fuzzing() throws {
        let domain = try domain()
        var random = SeededGenerator(seed: 7)
        let head: [UInt8] = [0, 1, 0x81, 0x80, 0, 0, 0, 2, 0, 0, 0, 0]
        for length in 0..<400 {
            let bytes = (0..<length).map { _ in UInt8.random(in: 0...255, using: &random) }
            _ = try? ServiceLookup.read(bytes, domain)
            _ = try? ServiceLookup.read(head + bytes, domain)
        }
    }

    @Test("are tried by priority, and within one in proportion to their weights")
    func weights() {
        let record = { (priority: UInt16, weight: UInt16, target: String) in
            ServiceRecord(priority: priority, weight: weight, port: 636, target: target, timeToLive: 60)
        }
        let records = [record(2, 0, "last"), record(1, 90, "heavy"), record(1, 10, "light")]
        var random = SeededGenerator(seed: 1)
        var heavyFirst = 0
        for _ in 0..<1000 {
            let order = ServiceRecord.ordered(records, using: &random).map(\.target)
            #expect(order.last == "last" && Set(order).count == 3)
            heavyFirst += order.first == "heavy" ? 1 : 0
        }
        #expect((850...950).contains(heavyFirst))
    }

    @Test("may be asked for in a domain only", arguments: ["", ".", "a..b", "exa mple.org", "bücher.example", "a/b"])
    func badDomain(_ text: String) {
        #expect(throws: LDAPError.self) { try ServiceDomain(text) }
    }

    @Test("name hosts of the domain, or none that are trusted")
    func trust() throws {
        let domain = try domain()
        for host in ["example.org", "ldap1.example.org", "LDAP.Sub.Example.org."] { #expect(domain.contains(host)) }
        for host in ["", "org", "evilexample.org", "example.org.evil.net"] { #expect(!domain.contains(host)) }
    }
}
