import Foundation
import LDAPClient
import SelfService

/// A password policy of 389 Directory Server: `cn=config`, or the entry of a subtree's or a person's own.
struct DirectoryServer389Policy: Sendable {
    let lockout: Bool
    /// Wrong passwords until the lock.
    let maxFailure: Int?
    let rules: DirectoryPasswordRules

    static let attributes: [AttributeName] = [
        "passwordLockout", "passwordMaxFailure", "passwordCheckSyntax", "passwordMinLength", "passwordMinCategories",
        "passwordMinDigits", "passwordMinUppers", "passwordMinLowers", "passwordMinSpecials", "passwordHistory",
        "passwordInHistory", "passwordMinAge",
    ]
    /// Length and categories where syntax is checked and nothing else is said.
    private static let usualLength = 8

    /// Nil where the entry shows nothing of a policy.
    init?(_ entry: SearchEntry) {
        guard Self.attributes.contains(where: entry.has) else { return nil }
        func isOn(_ name: AttributeName) -> Bool { entry.string(name)?.lowercased() == "on" }
        func number(_ name: AttributeName) -> Int? { entry.string(name).flatMap(Int.init) }
        lockout = isOn("passwordLockout")
        maxFailure = number("passwordMaxFailure")
        // A dictionary, forbidden words and the person's own names may be checked as well.
        var rules = DirectoryPasswordRules(isComplete: false)
        if isOn("passwordCheckSyntax") {
            rules.minimumLength = number("passwordMinLength") ?? Self.usualLength
            rules.categories = number("passwordMinCategories").flatMap { $0 > 1 ? $0 : nil }
            rules.classes = [
                .digit: number("passwordMinDigits"), .upperCase: number("passwordMinUppers"),
                .lowerCase: number("passwordMinLowers"), .special: number("passwordMinSpecials"),
            ]
            .compactMapValues { $0.flatMap { $0 > 0 ? $0 : nil } }
        }
        if isOn("passwordHistory") { rules.history = number("passwordInHistory") }
        rules.minimumAge = TimeInterval(number("passwordMinAge") ?? 0)
        self.rules = rules
    }

    static func global(on connection: LDAPConnection) async throws(LDAPError) -> DirectoryServer389Policy? {
        let name = try DistinguishedName("cn=config")
        do throws(LDAPError) {
            return try await connection.entry(name, attributes: attributes).flatMap(DirectoryServer389Policy.init)
        } catch {
            guard error.code == .insufficientAccess else { throw error }
            return nil
        }
    }
}
