import Foundation

/// The text of a private daemon's configuration.
struct DaemonConfigurationText {
    let options: DaemonOptions
    let folder: DaemonFolder
    let slapd: SlapdFixture

    var text: String {
        """
        demo: true
        directory:
          servers: ["\(options.server ?? slapd.uri)"]
          bind: { mechanism: simple, dn: "\(slapd.service)", password: "file:\(folder.bindPassword)" }
        users:
        \(indented(options.users ?? "base: \"ou=people,\(slapd.suffix)\"\nfilter: (objectClass=inetOrgPerson)"))
        roles:
        \(indented(options.roles ?? "base: \"ou=groups,\(slapd.suffix)\"\nfilter: (objectClass=groupOfNames)"))
        policies:
        \(options.policies)
        passwordRules: { minimumLength: 12 }
        frontends:
          - { name: portal, user: "\(options.frontendUser ?? NSUserName())", may: [\(options.may)] }
        delivery:
          email: { transport: spool, directory: "\(folder.spool)" }
          text: { transport: spool, directory: "\(folder.spool)" }
        sockets: { frontend: "\(folder.frontendSocket)", admin: "\(folder.adminSocket)" }
        state: "\(folder.state)"
        vault: { key: "file:\(folder.vaultKey)" }
        \(options.sections)

        """
    }

    private func indented(_ text: String) -> String {
        text.split(separator: "\n").map { "  " + $0 }.joined(separator: "\n")
    }
}
