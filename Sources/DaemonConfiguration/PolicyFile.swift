import Foundation
package import SelfService

/// The policies of a configuration that is not in force, for trying them out.
package enum PolicyFile {
    /// Reads what policies depend on: `policies`, `protected`, `users.mailNeedsPassword` and `delivery`. What the text
    /// does not have of these, but for the policies, is as it is in force. No secret and no other file is read.
    ///
    /// - Throws: every fault in these parts.
    package static func read(
        text: String,
        name: String,
        inForce settings: Settings
    ) throws(ConfigurationError) -> PolicySet {
        let findings = Findings(file: name)
        guard text.utf8.count <= ConfigurationFile.sizeMax else {
            findings.fault("", at: nil, "is larger than \(ConfigurationFile.sizeMax) bytes; that is no configuration")
            throw ConfigurationError(faults: findings.sortedFaults)
        }
        let document = Document(text, findings: findings)
        let policies = document.root.flatMap { node in
            Value(node: node, path: "", document: document, findings: findings)
                .fields(SettingsReader.keys)
        }.flatMap { read($0, settings) }
        guard let policies, findings.sortedFaults.isEmpty else {
            throw ConfigurationError(faults: findings.sortedFaults)
        }
        return policies
    }

    private static func read(_ root: Fields, _ settings: Settings) -> PolicySet? {
        let isDemo = root["demo"]?.flag() ?? settings.isDemo
        let policies = root.required("policies").flatMap(PolicySection.read)
        let transports = root["delivery"].flatMap { DeliverySection.read($0, isDemo: isDemo) } ?? settings.delivery
        let protected = root["protected"].map { UsersSection.protected($0).roles } ?? settings.protectedRoles
        let mail = root["users"].map { UsersSection.read($0)?.mailNeedsPassword ?? [] } ?? settings.mailNeedsPassword
        guard let policies else { return nil }
        PolicyChecks(policies: policies, delivery: root["delivery"]).run(transports)
        ProtectedRoleChecks(policies: policies).run(protectedRoles: protected)
        let applied = policies.map { located in
            var policy = located.policy.reachable(by: transports)
            policy.mailNeedsPassword = mail
            return policy
        }
        return PolicySet(policies: applied, protectedRoles: protected)
    }
}
