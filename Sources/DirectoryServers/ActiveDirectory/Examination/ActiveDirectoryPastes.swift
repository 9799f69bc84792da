import LDAPClient
import Synchronizer

/// What an administrator of a domain pastes: `dsacls` on Windows, `samba-tool` on Samba.
struct ActiveDirectoryPastes {
    let server: ExaminedServer
    let trustee: ActiveDirectoryTrustee

    private static let windows = "Windows, in a command prompt as a domain administrator"
    private static let samba = "Samba, as root on the domain controller"
    /// lockoutTime and pwdLastSet (MS-ADA1, MS-ADA3).
    private static let written = ["28630ebf-41d5-11d1-a9c1-0000f80367c1", "bf967a0a-0de6-11d0-a285-00aa003049e2"]

    private var base: String { server.settings.users.base.text }

    /// Reset Password, and read and write lockoutTime and pwdLastSet, of the users below the base.
    var writing: [Finding.Paste] {
        let (user, reset) = (ActiveDirectorySchema.user, ActiveDirectorySchema.resetPasswordText)
        let rights = ["CR;\(reset)"] + Self.written.map { "RPWP;\($0)" }
        let sddl = rights.map { "(OA;CIIO;\($0);\(user);\(trustee.sid))" }.joined()
        let grants = ["CA;Reset Password;user", "RPWP;lockoutTime;user", "RPWP;pwdLastSet;user"]
            .map { "\"\(trustee.name):\($0)\"" }.joined(separator: " ")
        return [
            Finding.Paste(Self.windows, "dsacls \"\(base)\" /I:S /G \(grants)"), setting(base, sddl),
        ]
    }

    func replicating(_ domain: DistinguishedName) -> [Finding.Paste] {
        [
            Finding.Paste(
                Self.windows,
                "dsacls \"\(domain.text)\" /G \"\(trustee.name):CA;Replicating Directory Changes\""
            ),
            setting(domain.text, "(OA;;CR;\(ActiveDirectorySchema.replicate);;\(trustee.sid))"),
        ]
    }

    /// The entry and all below it.
    func reading(_ entry: DistinguishedName) -> [Finding.Paste] {
        [
            Finding.Paste(Self.windows, "dsacls \"\(entry.text)\" /I:T /G \"\(trustee.name):GR\""),
            setting(entry.text, "(A;CI;LCRPLORC;;;\(trustee.sid))"),
        ]
    }

    /// `samba-tool dsacl` does not find what is deleted.
    func deleted(_ domain: DistinguishedName) -> [Finding.Paste] {
        let entry = domain.appending("CN", "Deleted Objects").text
        let program = """
            import ldb; from samba.auth import system_session; from samba.dcerpc import security
            from samba.ndr import ndr_pack, ndr_unpack; from samba.param import LoadParm; from samba.samdb import SamDB
            lp = LoadParm(); lp.load_default(); c = ["show_deleted:1", "sd_flags:1:4"]
            sam = SamDB(lp=lp, session_info=system_session()); n = "nTSecurityDescriptor"
            dn = ldb.Dn(sam, "\(entry)")
            sd = ndr_unpack(security.descriptor, sam.search(dn, ldb.SCOPE_BASE, attrs=[n], controls=c)[0][n][0])
            ace = "D:(A;CI;LCRPLORC;;;\(trustee.sid))"
            sd.dacl_add(security.descriptor.from_sddl(ace, security.dom_sid(sam.get_domain_sid())).dacl.aces[0])
            m = ldb.Message(dn); m[n] = ldb.MessageElement(ndr_pack(sd), ldb.FLAG_MOD_REPLACE, n); sam.modify(m, controls=c)
            """
        let lines = program.split(separator: "\n").map(String.init)
        return [
            Finding.Paste(
                Self.windows,
                "dsacls \"\(entry)\" /takeownership\ndsacls \"\(entry)\" /G \"\(trustee.name):LCRP\""
            ),
            Finding.Paste(Self.samba, "\(ShellText.printing(lines)) |\n/usr/bin/python3 -"),
        ]
    }

    /// What an entry says itself comes before what it inherits, and the class gives each user its rights that way.
    func denying(_ attribute: AttributeName, _ guid: [UInt8]) -> [Finding.Paste] {
        let sddl = ShellText.quoted("(OD;;WP;\(ActiveDirectorySchema.text(guid));;PS)")
        let list = "samba-tool user list --full-dn --base-dn=\(ShellText.quoted(base))"
        return [
            Finding.Paste(
                Self.windows,
                "for /f \"delims=\" %u in ('dsquery user \"\(base)\" -limit 0') do dsacls %u /D \"SELF:WP;\(attribute.text)\""
            ),
            Finding.Paste(
                Self.samba,
                "\(list) | while read -r dn; do\nsamba-tool dsacl set --objectdn=\"$dn\" --sddl=\(sddl); done"
            ),
        ]
    }

    private func setting(_ entry: String, _ sddl: String) -> Finding.Paste {
        Finding.Paste(
            Self.samba,
            "samba-tool dsacl set --objectdn=\(ShellText.quoted(entry)) \\\n  --sddl=\(ShellText.quoted(sddl))"
        )
    }
}
