import LatchkeyTesting
import Testing

@testable import LDAPClient

@Suite("A search in pages")
struct PagedSearchTests {
    private func request(_ slapd: SlapdFixture) throws -> SearchRequest {
        SearchRequest(base: try DistinguishedName(slapd.suffix), attributes: ["1.1"])
    }

    @Test("delivers every entry once, however small the pages are", arguments: [1, 3, 15, 16, 17])
    func pages(size: Int) async throws {
        try await withSlapd { slapd in
            let connection = try await connected(slapd)
            let whole = try await connection.search(try request(slapd)).map(\.dn)
            #expect(whole.count == 16)
            var found: [String] = []
            var cookie: [UInt8]?
            repeat {
                let page = try await connection.page(try request(slapd), size: size, after: cookie)
                #expect(page.entries.count <= size)
                found += page.entries.map(\.dn)
                cookie = page.cookie
            } while cookie != nil
            #expect(found.sorted() == whole.sorted())
        }
    }

    @Test("as a sequence does the same, and knows when it stands between two pages", arguments: [1, 3, 16, 17])
    func sequence(size: Int) async throws {
        try await withSlapd { slapd in
            let connection = try await connected(slapd)
            let whole = try await connection.search(try request(slapd)).map(\.dn)
            var pages = PagedEntries(on: connection, try request(slapd), pageSize: size)
            var found: [String] = []
            while let entries = try await pages.next() { found += entries.map(\.dn) }
            #expect(found.sorted() == whole.sorted())
            #expect(pages.isBetweenPages)
        }
    }
}
