import Foundation
import LatchkeyTesting

/// What an administrator does with Samba's own library, in its database and while it serves.
extension SambaFixture {
    /// Runs Python in one transaction: `sam` is the database, `root` the domain's name, `domain` its SID.
    private func administer(_ script: String, _ arguments: String...) async throws {
        let beginning = """
            import sys
            import ldb
            from samba.auth import system_session
            from samba.dcerpc import security
            from samba.ndr import ndr_pack, ndr_unpack
            from samba.param import LoadParm
            from samba.samdb import SamDB
            parameters = LoadParm()
            parameters.load(sys.argv[1] + "/etc/smb.conf")
            sam = SamDB(url=sys.argv[1] + "/private/sam.ldb", lp=parameters, session_info=system_session())
            root = str(sam.domain_dn())
            domain = security.dom_sid(sam.get_domain_sid())
            sam.transaction_start()

            """
        let words = ["-c", beginning + script + "\nsam.transaction_commit()\n", directory.path] + arguments
        try await Command("/usr/bin/python3", words).check(in: directory)
    }

    /// Adds people `p0`, `p1`, … below `OU=Sales`, and the group `many` of all of them.
    func addMany(_ count: Int) async throws {
        try await administer(
            """
            names = [f"CN=p{number},OU=Sales,OU=Staff,{root}" for number in range(int(sys.argv[2]))]
            for number, name in enumerate(names):
                sam.add({"dn": name, "objectClass": "user", "sAMAccountName": f"p{number}", "userAccountControl": "544"})
            sam.add({"dn": f"CN=many,OU=Groups,{root}", "objectClass": "group", "sAMAccountName": "many",
                     "member": names})
            """,
            "\(count)"
        )
    }

    /// From now on the account may neither list nor read what is at or below a name.
    func hide(_ dn: String, from account: String) async throws {
        try await administer(
            """
            found = sam.search(sys.argv[3], ldb.SCOPE_BASE, attrs=["objectSid"])[0]
            sid = ndr_unpack(security.dom_sid, found["objectSid"][0])
            controls = ["sd_flags:1:4"]
            found = sam.search(sys.argv[2], ldb.SCOPE_BASE, attrs=["nTSecurityDescriptor"], controls=controls)[0]
            rights = ndr_unpack(security.descriptor, found["nTSecurityDescriptor"][0]).as_sddl(domain)
            first = rights.index("(")
            rights = rights[:first] + f"(D;CI;LCRPLORC;;;{sid})" + rights[first:]
            change = ldb.Message(ldb.Dn(sam, sys.argv[2]))
            change["rights"] = ldb.MessageElement(ndr_pack(security.descriptor.from_sddl(rights, domain)),
                                                  ldb.FLAG_MOD_REPLACE, "nTSecurityDescriptor")
            sam.modify(change, controls=controls)
            """,
            dn,
            account
        )
    }
}
