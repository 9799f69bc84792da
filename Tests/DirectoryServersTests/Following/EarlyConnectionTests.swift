import LDAPClient
import LatchkeyTesting
import Testing

@testable import DirectoryServers

@Suite("A connection that is asked for early")
struct EarlyConnectionTests {
    /// A connector that reaches the server, and one that reaches nobody.
    private func connectors(_ slapd: SlapdFixture) throws -> (reaching: ServiceConnector, failing: ServiceConnector) {
        let nobody = "ldap://127.0.0.1:\(try RefusedPort.make())"
        return (
            ServiceConnector(settings: try .of(slapd)), ServiceConnector(settings: try .of(slapd, uri: nobody))
        )
    }

    @Test("is what the first follower gets, and nobody after it")
    func once() async throws {
        try await withSlapd { slapd in
            let (reaching, failing) = try connectors(slapd)
            let early = EarlyConnection()
            early.begin(reaching)
            let connection = try await early.take(orBy: failing)
            #expect(try await connection.rootDSE().namingContexts.isEmpty == false)
            await connection.close()
            await #expect(throws: LDAPError.self) { try await early.take(orBy: failing) }
        }
    }

    @Test("is not used when it may have been closed for idleness: a new one is made")
    func stale() async throws {
        try await withSlapd { slapd in
            let (reaching, failing) = try connectors(slapd)
            let early = EarlyConnection(freshFor: .zero)
            early.begin(reaching)
            await #expect(throws: LDAPError.self) { try await early.take(orBy: failing) }
        }
    }

    @Test("that fails is that attempt's failure, and the next attempt connects by itself")
    func failed() async throws {
        try await withSlapd { slapd in
            let (reaching, failing) = try connectors(slapd)
            let early = EarlyConnection()
            early.begin(failing)
            await #expect(throws: LDAPError.self) { try await early.take(orBy: reaching) }
            await (try early.take(orBy: reaching)).close()
        }
    }
}
