import LDAPClient
import Synchronizer

/// What an administrator of a 389 Directory Server pastes: access control instructions and settings, as LDIF.
struct DirectoryServer389Pastes {
    let server: ExaminedServer

    private static let place = "on any host, as the Directory Manager"

    /// The least that resets and unlocks need.
    var writing: [Finding.Paste] {
        let attributes = "userPassword || accountUnlockTime || passwordRetryCount || passwordExpirationTime"
        return access(
            server.settings.users.base.text,
            "(targetattr = \"\(attributes)\")(version 3.0; acl \"latchkey writes\"; allow (write) \(who);)"
        )
    }

    var refusingPasswords: [Finding.Paste] {
        access(
            server.settings.users.base.text,
            "(targetattr = \"userPassword\")(version 3.0; acl \"latchkey reads no passwords\"; "
                + "deny (read,search,compare) \(who);)"
        )
    }

    var policyReading: [Finding.Paste] {
        let attributes = (["objectClass"] + DirectoryServer389Policy.attributes.map(\.text)).joined(separator: " || ")
        return access(
            "cn=config",
            "(target = \"ldap:///cn=config\")(targetattr = \"\(attributes)\")"
                + "(version 3.0; acl \"latchkey reads the password policy\"; allow (read,search,compare) \(who);)"
        )
    }

    var monitor: [Finding.Paste] {
        access(
            "cn=monitor",
            "(targetattr != \"aci || connection\")(version 3.0; acl \"latchkey reads the clock\"; "
                + "allow (read,search,compare) \(who);)"
        )
    }

    var changelogReading: [Finding.Paste] {
        access(
            "cn=changelog",
            "(targetattr = \"*\")(version 3.0; acl \"latchkey reads changes\"; allow (read,search,compare) \(who);)"
        )
    }

    var changelogTarget: [Finding.Paste] { changing([Self.retroChangelog]) }

    var contentSync: [Finding.Paste] {
        let plugin = [
            "dn: cn=Content Synchronization,cn=plugins,cn=config", "changetype: modify",
            "replace: nsslapd-pluginEnabled", "nsslapd-pluginEnabled: on",
        ]
        return changing([plugin, Self.retroChangelog])
    }

    var limits: [Finding.Paste] {
        let names = ["nsSizeLimit", "nsTimeLimit", "nsLookThroughLimit"]
        let changes = names.map { ["replace: \($0)", "\($0): -1"] }.joined(separator: ["-"])
        return changing([["dn: \(server.service)", "changetype: modify"] + changes])
    }

    var history: [Finding.Paste] {
        changing([
            [
                "dn: cn=config", "changetype: modify", "replace: passwordHistory", "passwordHistory: on", "-",
                "replace: passwordInHistory", "passwordInHistory: 5",
            ]
        ])
    }

    var noAdministrator: [Finding.Paste] {
        changing([["dn: cn=config", "changetype: modify", "replace: passwordAdminDN"]])
    }

    /// - Parameter rule: a value of `aci` that stands at the entry.
    func removing(_ rule: String, at entry: String) -> [Finding.Paste] {
        changing([["dn: \(entry)", "changetype: modify", "delete: aci", "aci: \(rule)"]])
    }

    // MARK: Parts

    private var who: String { "userdn = \"ldap:///\(server.service)\"" }

    private static let retroChangelog = [
        "dn: cn=Retro Changelog Plugin,cn=plugins,cn=config", "changetype: modify", "replace: nsslapd-pluginEnabled",
        "nsslapd-pluginEnabled: on", "-", "replace: nsslapd-attribute", "nsslapd-attribute: nsuniqueid:targetUniqueId",
    ]

    private func access(_ entry: String, _ rule: String) -> [Finding.Paste] {
        changing([["dn: \(entry)", "changetype: modify", "add: aci", "aci: \(rule)"]])
    }

    private func changing(_ changes: [[String]]) -> [Finding.Paste] {
        let lines = Array(changes.joined(separator: [""]))
        return [
            Finding.Paste(Self.place, ShellText.applying(lines, to: server.uri, as: "cn=Directory Manager"))
        ]
    }
}
