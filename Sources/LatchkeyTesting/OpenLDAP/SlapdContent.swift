/// What a private slapd holds at first, as LDIF.
package enum SlapdContent {
    /// The suffix's own entry, the service account and the password policy.
    static func base(_ options: SlapdOptions, servicePasswordHash: String) -> String {
        """
        \(suffixEntry(options.suffix))

        dn: ou=services,\(options.suffix)
        objectClass: organizationalUnit
        ou: services

        dn: ou=policies,\(options.suffix)
        objectClass: organizationalUnit
        ou: policies

        \(options.knowsPasswordPolicy ? policyEntry(options) : "")
        dn: cn=latchkey,ou=services,\(options.suffix)
        objectClass: applicationProcess
        objectClass: simpleSecurityObject
        cn: latchkey
        userPassword: \(servicePasswordHash)


        """
    }

    private static func policyEntry(_ options: SlapdOptions) -> String {
        let policy = options.policy
        return """
            dn: cn=default,ou=policies,\(options.suffix)
            objectClass: device
            objectClass: pwdPolicy
            cn: default
            pwdAttribute: userPassword
            pwdLockout: TRUE
            pwdMaxFailure: \(policy.maxFailure)
            pwdLockoutDuration: \(policy.lockoutDuration)
            pwdMinLength: \(policy.minLength)
            pwdInHistory: \(policy.inHistory)
            pwdMinAge: \(policy.minAge)
            pwdCheckQuality: \(policy.checkQuality)
            \(policy.maxIdle > 0 ? "pwdMaxIdle: \(policy.maxIdle)\n" : "")pwdMustChange: \(policy.mustChange ? "TRUE" : "FALSE")
            pwdSafeModify: \(policy.safeModify ? "TRUE" : "FALSE")

            """
    }

    private static func suffixEntry(_ suffix: String) -> String {
        let first = suffix.split(separator: ",")[0].split(separator: "=", maxSplits: 1).map(String.init)
        let (type, value) = (first[0], first.count > 1 ? first[1] : "")
        return switch type.lowercased() {
        case "dc": "dn: \(suffix)\nobjectClass: organization\nobjectClass: dcObject\no: \(value)\ndc: \(value)"
        case "ou": "dn: \(suffix)\nobjectClass: organizationalUnit\nou: \(value)"
        default: "dn: \(suffix)\nobjectClass: organization\no: \(value)"
        }
    }

    /// Alice, Bob, Carol, Dave and Erin; `staff` (Alice, Bob) within `all` (staff, Carol); `ring-a` and `ring-b`
    /// within each other, Dave in the first.
    package static func people(below suffix: String, passwordHash: String) -> String {
        let names = ["alice", "bob", "carol", "dave", "erin"]
        let people = names.map { person($0, below: suffix, passwordHash: passwordHash) }
        let groups = [
            group("staff", ["uid=alice,ou=people", "uid=bob,ou=people"], below: suffix),
            group("all", ["cn=staff,ou=groups", "uid=carol,ou=people"], below: suffix),
            group("ring-a", ["cn=ring-b,ou=groups", "uid=dave,ou=people"], below: suffix),
            group("ring-b", ["cn=ring-a,ou=groups"], below: suffix),
        ]
        let units = ["people", "groups"].map { "dn: ou=\($0),\(suffix)\nobjectClass: organizationalUnit\nou: \($0)\n" }
        return (units + people + groups).joined(separator: "\n")
    }

    /// A person below `ou=people`.
    package static func person(_ login: String, below suffix: String, passwordHash: String? = nil) -> String {
        let name = login.prefix(1).uppercased() + login.dropFirst()
        let password = passwordHash.map { "userPassword: \($0)\n" } ?? ""
        return """
            dn: uid=\(login),ou=people,\(suffix)
            objectClass: inetOrgPerson
            uid: \(login)
            cn: \(name) Example
            sn: Example
            mail: \(login)@example.com
            telephoneNumber: +1 555 0100
            mobile: +1 555 0199
            \(password)
            """
    }

    /// A groupOfNames below `ou=groups`. The members' names are completed by the suffix.
    package static func group(_ name: String, _ members: [String], below suffix: String) -> String {
        let lines = members.map { "member: \($0),\(suffix)\n" }.joined()
        return "dn: cn=\(name),ou=groups,\(suffix)\nobjectClass: groupOfNames\ncn: \(name)\n\(lines)"
    }
}
