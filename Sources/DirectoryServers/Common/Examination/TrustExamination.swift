import LDAPClient
import Synchronizer

/// What `trustDirectory` rests on: that people cannot write the attributes of their own entries that it believes.
struct TrustExamination {
    let attributes: [AttributeName]
    let product: DirectoryProduct
    /// The server's URI.
    let server: String

    func findings() -> [Finding] {
        attributes.map { attribute in
            Finding("\(server) users", .warning, text(attribute), remedy: remedy(attribute))
        }
    }

    private func text(_ attribute: AttributeName) -> String {
        let trust = "trustDirectory believes \(attribute.text), so whoever writes it resets the password"
        return switch product {
        // Personal Information, a property set that SELF may write ([MS-ADTS] 5.1.3.2.1 and the default descriptor of
        // the class user).
        case .activeDirectory: "\(trust); as it comes, the directory lets people write it in their own entries"
        case .openLDAP, .directoryServer389, .other:
            "\(trust); the server does not tell this account whether people may write it in their own entries"
        }
    }

    private func remedy(_ attribute: AttributeName) -> String {
        let asked =
            switch product {
            case .activeDirectory: "Take SELF's write right on Personal Information away"
            case .openLDAP: "Ask on the server: slapacl -D DN -b DN \(attribute.text)/write, with somebody's DN twice"
            case .directoryServer389:
                "Ask as Directory Manager: ldapsearch -E '!1.3.6.1.4.1.42.2.27.9.5.2=:dn: DN' -b DN -s base "
                    + "\(attribute.text)"
            case .other: "See the server's access rules"
            }
        return "\(asked); or leave trustDirectory out, and have people prove the value once."
    }
}
