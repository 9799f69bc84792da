/// What a private 389 Directory Server holds at first, as LDIF.
enum DirectoryServer389Content {
    /// As ``SlapdContent/people(below:passwordHash:)``, and a group of unique names. The service account reads
    /// all but passwords.
    static func text(below suffix: String, service: String, password: String) -> String {
        let units = ["services"].map {
            "dn: ou=\($0),\(suffix)\nobjectClass: organizationalUnit\nou: \($0)\n"
        }
        let account = """
            dn: \(service)
            objectClass: applicationProcess
            objectClass: simpleSecurityObject
            cn: latchkey
            userPassword: \(password)

            """
        let unique = """
            dn: cn=unique,ou=groups,\(suffix)
            objectClass: groupOfUniqueNames
            cn: unique
            uniqueMember: uid=alice,ou=people,\(suffix)
            uniqueMember: uid=erin,ou=people,\(suffix)#'0101'B

            """
        let people = SlapdContent.people(below: suffix, passwordHash: password)
        return (units + [account, people, unique]).joined(separator: "\n")
    }

    /// For the suffix. Nobody but the administrator reads passwords.
    static func access(_ service: String) -> String {
        "(targetattr != \"userPassword || passwordHistory\")(version 3.0; acl \"latchkey reads\"; "
            + "allow (read,search,compare) userdn=\"ldap:///\(service)\";)"
    }

    /// For the suffix: the least that resets and unlocks need.
    static func writing(_ service: String) -> String {
        "(targetattr = \"userPassword || accountUnlockTime || passwordRetryCount || passwordExpirationTime\")"
            + "(version 3.0; acl \"latchkey writes\"; allow (write) userdn=\"ldap:///\(service)\";)"
    }
}
