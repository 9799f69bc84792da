import Foundation
import LDAPClient
import SelfService

/// The password policy of a domain, or a fine-grained one (MS-ADTS, 3.1.1.4.5.36).
struct ActiveDirectoryPolicy: Sendable {
    let rules: DirectoryPasswordRules
    /// 0: never.
    let lockoutThreshold: Int

    /// DOMAIN_PASSWORD_COMPLEX (MS-SAMR, 2.2.3.20).
    private static let complex = 1
    private static let containerName = "CN=Password Settings Container,CN=System"

    static let domainAttributes: [AttributeName] = [
        "minPwdLength", "pwdHistoryLength", "pwdProperties", "minPwdAge", "lockoutThreshold",
    ]
    static let fineAttributes: [AttributeName] = [
        "msDS-MinimumPasswordLength", "msDS-PasswordHistoryLength", "msDS-PasswordComplexityEnabled",
        "msDS-MinimumPasswordAge", "msDS-LockoutThreshold",
    ]

    /// Of the domain's own entry.
    init?(domain entry: SearchEntry) {
        guard let length = entry.string("minPwdLength") else { return nil }
        let properties = entry.string("pwdProperties").flatMap { Int($0) } ?? 0
        rules = Self.rules(
            length: length,
            history: entry.string("pwdHistoryLength"),
            isComplex: properties & Self.complex != 0,
            age: entry.string("minPwdAge")
        )
        lockoutThreshold = entry.string("lockoutThreshold").flatMap { Int($0) } ?? 0
    }

    /// Of a password settings object.
    init?(fine entry: SearchEntry) {
        guard let length = entry.string("msDS-MinimumPasswordLength") else { return nil }
        rules = Self.rules(
            length: length,
            history: entry.string("msDS-PasswordHistoryLength"),
            isComplex: entry.string("msDS-PasswordComplexityEnabled") == "TRUE",
            age: entry.string("msDS-MinimumPasswordAge")
        )
        lockoutThreshold = entry.string("msDS-LockoutThreshold").flatMap { Int($0) } ?? 0
    }

    private static func rules(
        length: String,
        history: String?,
        isComplex: Bool,
        age: String?
    ) -> DirectoryPasswordRules {
        // Password filters, which a domain may have, show nowhere.
        var rules = DirectoryPasswordRules(isComplete: false)
        rules.minimumLength = Int(length)
        rules.history = history.flatMap { Int($0) }
        rules.minimumAge = age.map(FileTime.seconds) ?? 0
        // Three of the five kinds of characters, and none of the person's names (MS-SAMR, 3.1.1.7.2).
        rules.categories = isComplex ? 3 : nil
        rules.forbidsNames = isComplex
        return rules
    }
}

extension ActiveDirectoryPolicy {
    /// - Returns: nil where it may not be read.
    static func effective(
        for entry: SearchEntry,
        in domain: DistinguishedName,
        on connection: LDAPConnection
    ) async throws(LDAPError) -> ActiveDirectoryPolicy? {
        guard let fine = entry.string(ActiveDirectoryAttributes.resultantPolicy) else {
            return try await connection.entry(domain, attributes: domainAttributes).flatMap {
                ActiveDirectoryPolicy(domain: $0)
            }
        }
        return try await connection.entry(try DistinguishedName(fine), attributes: fineAttributes)
            .flatMap { ActiveDirectoryPolicy(fine: $0) }
    }

    /// The domain's, and the fine-grained ones that can be read: by default, none.
    static func all(
        of domain: DistinguishedName,
        on connection: LDAPConnection
    ) async throws(LDAPError) -> [ActiveDirectoryPolicy] {
        let own = try await connection.entry(domain, attributes: domainAttributes).flatMap {
            ActiveDirectoryPolicy(domain: $0)
        }
        let request = SearchRequest(
            base: try DistinguishedName("\(containerName),\(domain.text)"),
            filter: .equal("objectClass", "msDS-PasswordSettings"),
            attributes: fineAttributes
        )
        var fine: [SearchEntry] = []
        do throws(LDAPError) {
            fine = try await connection.search(request)
        } catch {
            guard error.code == .noSuchObject || error.code == .insufficientAccess else { throw error }
        }
        return (own.map { [$0] } ?? []) + fine.compactMap { ActiveDirectoryPolicy(fine: $0) }
    }
}
