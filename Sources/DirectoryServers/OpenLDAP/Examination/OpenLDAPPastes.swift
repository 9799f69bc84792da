import LDAPClient
import Synchronizer

/// What an administrator of a slapd pastes, for cn=config and for slapd.conf. Rules come before those that are there, and
/// pass everybody else on to them (`by * break`, slapd.access(5)).
struct OpenLDAPPastes {
    let server: ExaminedServer

    private static let live = "as root on the server (cn=config)"
    private static let administration = "-QY EXTERNAL -H ldapi:///"

    /// - Parameter rights: of the service account; or, where `what` has its own `by`, of whom that names.
    func access(_ what: String, _ rights: String, hasOthers: Bool = true) -> [Finding.Paste] {
        let grant = hasOthers ? "\(what) by \(who) \(rights)" : "\(what) \(rights)"
        let rule = "to \(grant) by * break"
        return [
            Finding.Paste(Self.live, changing(["changetype: modify", "add: olcAccess", "olcAccess: {0}\(rule)"])),
            Finding.Paste("slapd.conf, before the other rules of the database", "access \(rule)"),
        ]
    }

    /// The first one that fits an account holds, and slapd looks at the numbers of what is added at its next start only: so
    /// all are given in their order, with the new one before.
    var limits: [Finding.Paste] {
        let limit = "\(who) size=unlimited time=unlimited"
        let lines = ["changetype: modify", "replace: olcLimits", "olcLimits: \(limit)"]
        let text = """
            (\(database) 1.1 | grep '^dn:'
             \(ShellText.printing(lines))
             \(database) olcLimits | sed -n 's/^olcLimits: {[0-9]*}/olcLimits: /p') |
            awk '!seen[$0]++' | ldapmodify \(Self.administration)
            """
        return [
            Finding.Paste(Self.live, text),
            Finding.Paste("slapd.conf, before the other limits of the database", "limits \(limit)"),
        ]
    }

    var contentSync: [Finding.Paste] {
        overlay("syncprov", "olcSyncProvConfig", ["olcSpSessionlog: 10000"], ["syncprov-sessionlog 10000"])
    }

    var passwordPolicy: [Finding.Paste] {
        overlay(
            "ppolicy",
            "olcPPolicyConfig",
            ["olcPPolicyUseLockout: TRUE", "olcPPolicyHashCleartext: TRUE"],
            ["ppolicy_use_lockout", "ppolicy_hash_cleartext"]
        )
    }

    var monitor: [Finding.Paste] {
        let rule = "to dn.exact=\"cn=Current,cn=Time,cn=Monitor\" by \(who) read"
        let lines = [
            "dn: olcDatabase=monitor,cn=config", "changetype: add", "objectClass: olcMonitorConfig",
            "olcDatabase: monitor", "olcAccess: {0}\(rule)",
        ]
        return [
            Finding.Paste(Self.live, "\(ShellText.printing(lines)) |\nldapmodify \(Self.administration)"),
            Finding.Paste("slapd.conf, at its end", "database monitor\naccess \(rule)"),
        ]
    }

    // MARK: Parts

    /// In quotation marks, in which slapd takes a backslash for the next character (slapd.conf(5)).
    private var who: String {
        let name = server.service.map { "\"\\".contains($0) ? "\\\($0)" : "\($0)" }.joined()
        return "dn.exact=\"\(name)\""
    }

    /// Finds the entry of the database by its suffix.
    private var database: String {
        let filter = Filter.equal("olcSuffix", server.suffix).text
        return "ldapsearch \(Self.administration) -LLL -o ldif-wrap=no -b cn=config \(ShellText.quoted(filter))"
    }

    private func changing(_ lines: [String]) -> String {
        "(\(database) 1.1 | grep '^dn:'\n \(ShellText.printing(lines))) |\nldapmodify \(Self.administration)"
    }

    private func overlay(
        _ name: String,
        _ objectClass: String,
        _ attributes: [String],
        _ lines: [String]
    ) -> [Finding.Paste] {
        let module = [
            "dn: cn=module,cn=config", "changetype: add", "objectClass: olcModuleList", "cn: module",
            "olcModulePath: /usr/lib/ldap", "olcModuleLoad: \(name)", "",
        ]
        let entry = [
            "changetype: add", "objectClass: olcOverlayConfig", "objectClass: \(objectClass)", "olcOverlay: \(name)",
        ]
        let text = """
            (\(ShellText.printing(module))
             \(database) 1.1 | sed -n 's/^dn: /dn: olcOverlay=\(name),/p'
             \(ShellText.printing(entry + attributes))) |
            ldapmodify -c \(Self.administration)
            """
        let file = ["moduleload \(name)", "# and at the end of the database's section:", "overlay \(name)"] + lines
        return [Finding.Paste(Self.live, text), Finding.Paste("slapd.conf", file.joined(separator: "\n"))]
    }
}
