import DirectoryServers
import Identity
import LDAPClient
import LatchkeyTesting
import SelfService
import Testing

/// Whose account of a linked directory belongs to a login, on each product.
@Suite("Accounts that are found by a login")
struct MatchingTests {
    private static let products: [ProductUnderTest] = [.openLDAP, .directoryServer389, .samba]

    @Test("exactly one is somebody, with the id that a write needs", arguments: products)
    func one(product: ProductUnderTest) async throws {
        try await product.run { (directory) async throws in
            let accounts = LiveDirectory(settings: try directory.settings)
            guard case .one(let account) = try await accounts.match(login: "alice") else {
                Issue.record("alice is not found")
                return
            }
            #expect(account.user.login == "alice")
            #expect(try await accounts.account(account.user.id)?.user.dn == account.user.dn)
            await accounts.close()
        }
    }

    @Test("several are nobody, and nobody is found by a pattern or outside of the filter", arguments: products)
    func others(product: ProductUnderTest) async throws {
        try await product.run { (directory) async throws in
            var settings = try directory.settings
            let usual = LiveDirectory(settings: settings)
            for login in ["nobody-at-all", "*", "ali*", "alice)(objectClass=*", "\\61lice", "", "\0"] {
                #expect(try await usual.match(login: login) == .none, "\(login)")
            }
            await usual.close()
            settings.match = "objectClass"
            let shared = LiveDirectory(settings: settings)
            #expect(try await shared.match(login: "person") == .several)
            await shared.close()
            settings.match = nil
            settings.users.filter = .and([settings.users.filter, .not(.equal(settings.users.login, "alice"))])
            let narrowed = LiveDirectory(settings: settings)
            #expect(try await narrowed.match(login: "alice") == .none)
            await narrowed.close()
        }
    }
}
