import Identity
import LDAPClient
import LatchkeyTesting
import Synchronization
import Synchronizer
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
            early.begin { ReadyServer(connection: try await reaching.connect()) }
            let connection = try await early.take(orBy: failing).connection
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
            early.begin { ReadyServer(connection: try await reaching.connect()) }
            await #expect(throws: LDAPError.self) { try await early.take(orBy: failing) }
        }
    }

    @Test("that fails is that attempt's failure, and the next attempt connects by itself")
    func failed() async throws {
        try await withSlapd { slapd in
            let (reaching, failing) = try connectors(slapd)
            let early = EarlyConnection()
            early.begin { ReadyServer(connection: try await failing.connect()) }
            await #expect(throws: LDAPError.self) { try await early.take(orBy: reaching) }
            await (try early.take(orBy: reaching)).connection.close()
        }
    }

    private func prepared(_ slapd: SlapdFixture) async throws -> (LDAPConnection, OpenLDAPContentSync) {
        let settings = try DirectorySettings.of(slapd)
        let connection = try await ServiceConnector(settings: settings).connect()
        let strategy = OpenLDAPContentSync(settings: settings, clock: SystemWallClock(), bell: ContactBell())
        return (connection, try await strategy.prepared(on: connection))
    }

    @Test("a container that moves after it was read early is found before anything is followed")
    func moved() async throws {
        try await withSlapd { slapd in
            let people = "ou=people,\(slapd.suffix)"
            try await slapd.modify("dn: ou=a,\(people)\nchangetype: add\nobjectClass: organizationalUnit\n")
            let (connection, strategy) = try await prepared(slapd)
            try await slapd.modify("dn: ou=a,\(people)\nchangetype: modrdn\nnewrdn: ou=b\ndeleteoldrdn: 1\n")
            let error = await #expect(throws: FeedError.self) {
                try await strategy.follow(on: connection, from: [:], mode: .refreshAndPersist) { _ in }
            }
            #expect(error?.code == .containerMoved)
            await connection.close()
        }
    }

    @Test("after an absence the people come first, and roles are asked for when they are there")
    func peopleFirst() async throws {
        try await withSlapd { slapd in
            let (connection, strategy) = try await prepared(slapd)
            let cookies = Mutex<[SyncScope: SyncCookie]>([:])
            try await strategy.follow(on: connection, from: [:], mode: .refreshOnly) { event in
                if case .cookie(let scope, let cookie) = event { cookies.withLock { $0[scope] = cookie } }
            }
            let change = "changetype: modify\nreplace: description\ndescription: new\n"
            try await slapd.modify("dn: \(slapd.group("staff"))\n" + change)
            try await slapd.modify("dn: \(slapd.person("alice"))\n" + change)
            let scopes = Mutex<[SyncScope]>([])
            try await strategy.follow(on: connection, from: cookies.withLock { $0 }, mode: .refreshOnly) { event in
                guard case .upserts(let entries) = event else { return }
                scopes.withLock { $0 += entries.map(\.scope) }
            }
            #expect(scopes.withLock { $0 } == [.users, .roles])
            await connection.close()
        }
    }
}
