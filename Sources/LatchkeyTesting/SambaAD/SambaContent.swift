/// Change records for a private Samba, as LDIF.
package enum SambaContent {
    /// Adds somebody below `OU=Staff`, or below another name.
    package static func add(_ login: String, below parent: String = "OU=Staff,\(SambaFixture.suffix)") -> String {
        """
        dn: CN=\(login),\(parent)
        changetype: add
        objectClass: user
        sAMAccountName: \(login)
        mail: \(login)@example.com
        userAccountControl: \(enabledWithoutPassword)


        """
    }

    /// NORMAL_ACCOUNT and PASSWD_NOTREQD (MS-ADTS, 2.2.16).
    private static let enabledWithoutPassword = 0x220

    package static func replace(_ attribute: String, _ value: String, of dn: String) -> String {
        "dn: \(dn)\nchangetype: modify\nreplace: \(attribute)\n\(attribute): \(value)\n\n"
    }

    package static func delete(_ dn: String) -> String { "dn: \(dn)\nchangetype: delete\n\n" }

    /// - Parameter parent: where it moves to; `nil` where it stays.
    package static func rename(_ dn: String, to name: String, below parent: String? = nil) -> String {
        let place = parent.map { "newsuperior: \($0)\n" } ?? ""
        return "dn: \(dn)\nchangetype: modrdn\nnewrdn: \(name)\ndeleteoldrdn: 1\n\(place)\n"
    }

    package static func addMember(_ member: String, to group: String) -> String {
        "dn: \(group)\nchangetype: modify\nadd: member\nmember: \(member)\n\n"
    }

    package static func removeMember(_ member: String, from group: String) -> String {
        "dn: \(group)\nchangetype: modify\ndelete: member\nmember: \(member)\n\n"
    }
}
