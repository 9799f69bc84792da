import Crypto
import Foundation

/// All policies in order, and who is never served at all.
package struct PolicySet: Sendable, Equatable {
    package let policies: [Policy]
    /// Names of roles whose holders are never reset or unlocked here.
    package let protectedRoles: [String]
    private let versions: [String: String]

    package init(policies: [Policy], protectedRoles: [String] = []) {
        self.policies = policies
        self.protectedRoles = protectedRoles
        versions = Dictionary(
            policies.map { ($0.name, Self.version(of: [$0], protectedRoles: protectedRoles)) }
        ) { first, _ in first }
    }

    /// Changes with every change of that policy, or of who is protected. Tokens are bound to it.
    /// - Returns: nil where there is no such policy.
    package func version(of name: String) -> String? { versions[name] }

    /// The policy that holds for people of these roles, or nil: then nothing is offered.
    package func policy(forRoles roles: [String]) -> Policy? {
        let held = Set(roles.map { $0.lowercased() })
        return policies.first { policy in
            policy.roles.map { $0.contains { held.contains($0.lowercased()) } } ?? true
        }
    }

    package func policy(named name: String) -> Policy? { policies.first { $0.name == name } }

    package func isProtected(roles: [String]) -> Bool {
        let held = Set(roles.map { $0.lowercased() })
        return protectedRoles.contains { held.contains($0.lowercased()) }
    }

    private static func version(of policies: [Policy], protectedRoles: [String]) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        var hash = SHA256()
        // Both are plain values of strings and numbers: encoding them cannot fail, and if it ever did,
        // an empty input would only make two versions equal that have the same names.
        hash.update(data: (try? encoder.encode(policies)) ?? Data(policies.map(\.name).joined().utf8))
        hash.update(data: (try? encoder.encode(protectedRoles)) ?? Data())
        return hash.finalize().prefix(8).map { String($0, radix: 16) }.joined(separator: "")
    }
}
