import LDAPClient
import Synchronizer

/// Looks for access control instructions that let people write an attribute of their own entries, from the base of the
/// people upwards. Effective rights of others are told to nobody without the right to ask for them.
struct DirectoryServer389Trust {
    let server: ExaminedServer

    func finding(_ attribute: AttributeName) async -> Finding {
        let trust = "trustDirectory believes \(attribute.text), so whoever writes it resets the password"
        guard let rules = await rules() else {
            let ask = "ldapsearch -E '!1.3.6.1.4.1.42.2.27.9.5.2=:dn: DN' -b DN -s base \(attribute.text)"
            return server.finding(
                .trust,
                .warning,
                "\(trust); the server shows this account no rule, so whether people may write it is not known",
                remedy:
                    "Ask as Directory Manager: \(ask); or leave trustDirectory out, and have people prove the value once."
            )
        }
        for (entry, rule) in rules where AccessInstruction(rule).letsPeopleWrite(attribute) {
            return server.finding(
                .trust,
                .failure,
                "\(trust); a rule at \(entry) lets people write it in their own entries",
                remedy: "Narrow that rule, or leave trustDirectory out, and have people prove the value once.",
                DirectoryServer389Pastes(server: server).removing(rule, at: entry)
            )
        }
        return server.finding(
            .trust,
            .fine,
            "trustDirectory believes \(attribute.text), and no rule at or above \(server.settings.users.base) lets people "
                + "write it in their own entries"
        )
    }

    /// Nil where none is shown.
    private func rules() async -> [(entry: String, rule: String)]? {
        var found: [(String, String)] = []
        var name = server.settings.users.base.text
        while true {
            if let dn = try? DistinguishedName(name),
                let entry = try? await server.connection.entry(dn, attributes: ["aci"])
            {
                found += entry.strings("aci").map { (name, $0) }
            }
            guard name.lowercased() != server.suffix.lowercased(), let comma = name.firstIndex(of: ",") else { break }
            name = String(name[name.index(after: comma)...])
        }
        return found.isEmpty ? nil : found
    }
}

/// An access control instruction's text, read as far as this question goes.
struct AccessInstruction {
    private let text: String

    init(_ text: String) { self.text = text.lowercased().filter { !$0.isWhitespace } }

    func letsPeopleWrite(_ attribute: AttributeName) -> Bool {
        guard text.contains("\"ldap:///self\""), let start = text.firstRange(of: "allow(") else { return false }
        let rights = text[start.upperBound...].prefix { $0 != ")" }.split(separator: ",")
        return rights.contains { $0 == "write" || $0 == "all" } && concerns(attribute.text.lowercased())
    }

    private func concerns(_ attribute: String) -> Bool {
        guard let start = text.firstRange(of: "(targetattr") else { return false }
        let rest = text[start.upperBound...]
        let names = rest.drop { $0 != "\"" }.dropFirst().prefix { $0 != "\"" }
        let isNamed = names == "*" || names.split(separator: "|").contains { $0 == attribute }
        return rest.hasPrefix("!") != isNamed
    }
}
