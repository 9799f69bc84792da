/// What a private Samba holds at first, written into its database by Samba's own library while nothing runs.
///
/// Below `OU=Staff` Alice, Bob, Carol, Dave and Erin and the empty `OU=Sales`; below `OU=Groups` `staff` (Alice,
/// Bob) within `all` (staff, Carol), and `ring-a` and `ring-b` within each other, Dave in the first; outside of
/// both `OU=Elsewhere`. The service account `latchkey` may replicate, see what is deleted, and reset passwords and locks
/// of the staff; `shortsighted` may only replicate.
enum SambaSeed {
    /// Debian's Python, for which Samba's modules are installed.
    static let python = "/usr/bin/python3"

    /// Arguments: the folder and everybody's password.
    static let script = #"""
        import sys
        import ldb
        from samba.auth import system_session
        from samba.dcerpc import security
        from samba.ndr import ndr_pack, ndr_unpack
        from samba.param import LoadParm
        from samba.samdb import SamDB

        folder, password = sys.argv[1:3]
        parameters = LoadParm()
        parameters.load(folder + "/etc/smb.conf")
        sam = SamDB(url=folder + "/private/sam.ldb", lp=parameters, session_info=system_session())
        root = str(sam.domain_dn())
        domain = security.dom_sid(sam.get_domain_sid())

        sam.modify_ldif(f"dn: {root}\nchangetype: modify\nreplace: lockoutThreshold\nlockoutThreshold: 3\n")

        for name in ["Staff", "Sales,OU=Staff", "Groups", "Elsewhere"]:
            sam.add_ldif(f"dn: OU={name},{root}\nobjectClass: organizationalUnit\n")

        for name in ["latchkey", "shortsighted"]:
            sam.newuser(name, password)
        for name in ["alice", "bob", "carol", "dave", "erin"]:
            sam.newuser(name, password, userou="OU=Staff", mailaddress=f"{name}@example.com",
                        telephonenumber="+1 555 0100")

        def group(name, members):
            lines = "".join(f"member: CN={member},{root}\n" for member in members)
            sam.add_ldif(f"dn: CN={name},OU=Groups,{root}\nobjectClass: group\nsAMAccountName: {name}\n{lines}")

        group("staff", ["alice,OU=Staff", "bob,OU=Staff"])
        group("all", ["staff,OU=Groups", "carol,OU=Staff"])
        group("ring-b", [])
        group("ring-a", ["ring-b,OU=Groups", "dave,OU=Staff"])
        sam.modify_ldif(f"dn: CN=ring-b,OU=Groups,{root}\nchangetype: modify\nadd: member\n"
                        f"member: CN=ring-a,OU=Groups,{root}\n")

        def grant(account, dn, entry):
            found = sam.search(root, ldb.SCOPE_SUBTREE, f"(sAMAccountName={account})", ["objectSid"])[0]
            sid = ndr_unpack(security.dom_sid, found["objectSid"][0])
            controls = ["show_deleted:1", "sd_flags:1:4"]
            found = sam.search(dn, ldb.SCOPE_BASE, attrs=["nTSecurityDescriptor"], controls=controls)[0]
            rights = ndr_unpack(security.descriptor, found["nTSecurityDescriptor"][0])
            rights.dacl_add(security.descriptor.from_sddl("D:" + entry % sid, domain).dacl.aces[0])
            change = ldb.Message(ldb.Dn(sam, dn))
            change["rights"] = ldb.MessageElement(ndr_pack(rights), ldb.FLAG_MOD_REPLACE, "nTSecurityDescriptor")
            sam.modify(change, controls=controls)

        # DS-Replication-Get-Changes, and list and read for the tombstones.
        for account in ["latchkey", "shortsighted"]:
            grant(account, root, "(OA;;CR;1131f6aa-9c07-11d1-f79f-00c04fc2dcd2;;%s)")
        grant("latchkey", "CN=Deleted Objects," + root, "(A;CI;LCRPLORC;;;%s)")

        # Reset Password, and read and write lockoutTime and pwdLastSet, of the users below.
        user = "bf967aba-0de6-11d0-a285-00aa003049e2"
        for right in ["CR;00299570-246d-11d0-a768-00aa006e0529", "RPWP;28630ebf-41d5-11d1-a9c1-0000f80367c1",
                      "RPWP;bf967a0a-0de6-11d0-a285-00aa003049e2"]:
            grant("latchkey", "OU=Staff," + root, f"(OA;CIIO;{right};{user};%s)")
        """#

    /// Denies the service account all writing below `OU=Staff`. Arguments: the folder.
    static let revocation = #"""
        import sys
        import ldb
        from samba.auth import system_session
        from samba.dcerpc import security
        from samba.ndr import ndr_pack, ndr_unpack
        from samba.param import LoadParm
        from samba.samdb import SamDB

        folder = sys.argv[1]
        parameters = LoadParm()
        parameters.load(folder + "/etc/smb.conf")
        sam = SamDB(url=folder + "/private/sam.ldb", lp=parameters, session_info=system_session())
        found = sam.search(sam.domain_dn(), ldb.SCOPE_SUBTREE, "(sAMAccountName=latchkey)", ["objectSid"])[0]
        sid = ndr_unpack(security.dom_sid, found["objectSid"][0])
        for entry in sam.search("OU=Staff," + sam.domain_dn(), ldb.SCOPE_SUBTREE, "(objectClass=user)",
                                attrs=["nTSecurityDescriptor"], controls=["sd_flags:1:4"]):
            rights = ndr_unpack(security.descriptor, entry["nTSecurityDescriptor"][0])
            for right in ["(D;;WPCR;;;%s)" % sid]:
                rights.dacl_add(security.descriptor.from_sddl("D:" + right, sid).dacl.aces[0])
            change = ldb.Message(entry.dn)
            change["rights"] = ldb.MessageElement(ndr_pack(rights), ldb.FLAG_MOD_REPLACE, "nTSecurityDescriptor")
            sam.modify(change, controls=["sd_flags:1:4"])
        """#
}
