@testable import LDAPClient
import LatchkeyTesting
import Testing

@Suite("A search")
struct SearchTests {
    @Test("delivers values by name, without regard to the case of the name")
    func values() async throws {
        try await withSlapd { slapd in
            let connection = try await connected(slapd)
            let dn = try DistinguishedName(slapd.group("staff"))
            let entry = try #require(try await connection.entry(dn, attributes: ["cn", "member", "entryUUID"]))
            #expect(entry.dn == slapd.group("staff"))
            #expect(entry.string("CN") == "staff")
            #expect(entry.strings("Member") == [slapd.person("alice"), slapd.person("bob")])
            #expect(entry.octets("cn") == [Array("staff".utf8)])
            #expect(entry.string("entryUUID")?.count == 36)
            #expect(entry.string("mail") == nil && entry.strings("mail") == [] && !entry.has("mail"))
            #expect(Set(entry.attributeNames) == ["cn", "member", "entryUUID"])
        }
    }

    @Test("covers the base, one level or the subtree")
    func scopes() async throws {
        try await withSlapd { slapd in
            let connection = try await connected(slapd)
            let base = try DistinguishedName(slapd.suffix)
            func count(_ scope: SearchRequest.Scope) async throws -> Int {
                try await connection.search(SearchRequest(base: base, scope: scope, attributes: ["1.1"])).count
            }
            #expect(try await count(.base) == 1)
            #expect(try await count(.oneLevel) == 4)
            #expect(try await count(.subtree) == 16)
        }
    }

    @Test("that ends with anything but success throws it, after the entries before it")
    func sizeLimit() async throws {
        try await withSlapd(.with { $0.sizeLimit = 3 }) { slapd in
            let connection = try await connected(slapd)
            var batches = try await connection.entries(SearchRequest(base: try DistinguishedName(slapd.suffix)))
                .makeAsyncIterator()
            var count = 0
            let error = await #expect(throws: LDAPError.self) {
                while let batch = try await batches.next() { count += batch.count }
            }
            #expect(error?.code == .sizeLimitExceeded)
            #expect(error?.hint?.contains("size=unlimited") == true)
            #expect(count == 3)
        }
    }

    @Test("for more entries than the caller allows throws and returns none")
    func entriesMax() async throws {
        try await withSlapd { slapd in
            let connection = try await connected(slapd)
            let error = await #expect(throws: LDAPError.self) {
                try await connection.search(SearchRequest(base: try DistinguishedName(slapd.suffix)), entriesMax: 2)
            }
            #expect(error?.code == .limitExceeded)
        }
    }

    @Test("for what does not exist names how far the name is right")
    func noSuchObject() async throws {
        try await withSlapd { slapd in
            let connection = try await connected(slapd)
            let base = try DistinguishedName(slapd.suffix).appending("ou", "people").appending("uid", "nobody")
            let error = await #expect(throws: LDAPError.self) {
                try await connection.search(SearchRequest(base: base))
            }
            #expect(error?.code == .noSuchObject)
            #expect(error?.matchedDN == "ou=people,\(slapd.suffix)")
            #expect(try await connection.entry(base) == nil)
        }
    }

    @Test(
        "finds values with a filter's own characters and nothing more",
        arguments: ["*", "a)(uid=*", "\\2a", "ü\u{0}"]
    )
    func injection(_ hostile: String) async throws {
        try await withSlapd { slapd in
            let connection = try await connected(slapd)
            let base = try DistinguishedName(slapd.suffix)
            func found(_ value: String) async throws -> Int {
                let filter = Filter.or([.equal("uid", value), .equal("description", value)])
                return try await connection.search(SearchRequest(base: base, filter: filter)).count
            }
            #expect(try await found("alice") == 1)
            #expect(try await found(hostile) == 0)
            let carol = try DistinguishedName(slapd.person("carol"))
            let admin = try await LDAPConnection.open(try LDAPServer(slapd.uri))
            try await admin.bind(
                .simple(
                    dn: try DistinguishedName(slapd.administrator),
                    password: Array(SlapdFixture.administratorPassword.utf8)
                )
            )
            try await admin.modify(carol, [Modification(.replace, "description", text: [hostile])])
            #expect(try await found(hostile) == 1)
        }
    }

    @Test("that nobody reads makes the server wait; read on, it is complete, and what waited behind it is answered")
    func backPressure() async throws {
        let people = (0..<3000).map { SlapdContent.person("user\($0)", below: "dc=example,dc=com") }
        let units = "dn: ou=people,dc=example,dc=com\nobjectClass: organizationalUnit\nou: people\n\n"
        try await withSlapd(.with { $0.content = units + people.joined(separator: "\n") }) { slapd in
            let connection = try await connected(slapd)
            let request = SearchRequest(base: try DistinguishedName(slapd.suffix), filter: .present("uid"))
            var batches = try await connection.entries(request).makeAsyncIterator()
            try await eventually("reading stops") { await connection.isPaused }
            let probe = Task { try await connection.rootDSE() }
            var sizes: [Int] = []
            while let batch = try await batches.next() { sizes.append(batch.count) }
            #expect(sizes.reduce(0, +) == 3000)
            #expect(sizes.allSatisfy { $0 <= 256 })
            let dse = try await probe.value
            #expect(dse.namingContexts == [slapd.suffix])
        }
    }

    @Test("that is let go of is abandoned, and the connection goes on")
    func abandoned() async throws {
        try await withSlapd { slapd in
            let connection = try await connected(slapd)
            for _ in 0..<20 {
                for try await _ in try await connection.sync(people(slapd, .refreshAndPersist)) { break }
            }
            // A bind is refused while anything is under way: so nothing is.
            try await eventually("the searches are forgotten") {
                (try? await connection.bind(try service(slapd))) != nil
            }
        }
    }

    @Test("ends when its task is cancelled")
    func cancelled() async throws {
        try await withSlapd { slapd in
            let connection = try await connected(slapd)
            let request = try people(slapd, .refreshAndPersist)
            let (stream, continuation) = AsyncStream.makeStream(of: Void.self)
            let task = Task {
                for try await _ in try await connection.sync(request) { continuation.yield() }
            }
            for await _ in stream { break }
            task.cancel()
            let error = try await withDeadline { await #expect(throws: LDAPError.self) { try await task.value } }
            #expect(error?.code == .cancelled)
        }
    }
}
