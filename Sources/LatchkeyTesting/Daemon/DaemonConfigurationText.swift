import Foundation

/// The text of a private daemon's configuration.
struct DaemonConfigurationText {
    let options: DaemonOptions
    let folder: DaemonFolder
    let directory: DaemonDirectory

    var text: String {
        """
        demo: true
        directory:
          servers: [\(servers)]
          bind: { mechanism: simple, dn: "\(directory.service)", password: "file:\(folder.bindPassword)" }
        \(directory.authorityFile.map { "  tls: { ca: \"\($0)\" }" } ?? "")
        users:
        \(indented(options.users ?? directory.users))
        roles:
        \(indented(options.roles ?? directory.roles))
        policies:
        \(options.policies)
        passwordRules:
        \(indented(options.passwordRules))
        frontends:
          - { name: portal, user: "\(options.frontendUser ?? NSUserName())", may: [\(options.may)] }
        delivery:
        \(indented(options.delivery ?? spools))
        sockets: { frontend: "\(folder.frontendSocket)", admin: "\(folder.adminSocket)" }
        state: "\(folder.state)"
        vault: { key: "file:\(folder.vaultKey)" }
        \(linked)
        \(options.sections)

        """
    }

    private var linked: String {
        guard !options.linked.isEmpty else { return "" }
        return (["alsoWrite:"] + options.linked.map(linked)).joined(separator: "\n")
    }

    private func linked(_ linked: DaemonDirectory.Linked) -> String {
        let (directory, secret) = (linked.directory, folder.bindPassword(of: linked.name))
        return """
              - name: \(linked.name)
                directory:
                  servers: ["\(directory.uri)"]
                  bind: { mechanism: simple, dn: "\(directory.service)", password: "file:\(secret)" }
                users:
            \(directory.users.split(separator: "\n").map { "      " + $0 }.joined(separator: "\n"))
                match: { login: \(linked.match) }
            """
    }

    private var servers: String {
        ([options.server ?? directory.uri] + directory.alternates).map { "\"\($0)\"" }.joined(separator: ", ")
    }

    private var spools: String {
        ["email", "text", "voice", "notification"].map { "\($0): { transport: spool, directory: \"\(folder.spool)\" }" }
            .joined(separator: "\n")
    }

    private func indented(_ text: String) -> String {
        text.split(separator: "\n").map { "  " + $0 }.joined(separator: "\n")
    }
}
