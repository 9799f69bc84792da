import LDAPClient
import Synchronizer
import Testing

@testable import DirectoryServers

@Suite("What an examination reads and writes")
struct PureExaminationTests {
    private static let me: [UInt8] = [1, 1, 0, 0, 0, 0, 0, 5, 99, 0, 0, 0]
    private static let reset = ActiveDirectorySchema.resetPassword

    /// A security descriptor with these entries, as they stand in it.
    private func descriptor(_ entries: [[UInt8]]) -> [UInt8] {
        let size = UInt8(8 + entries.joined().count)
        let head: [UInt8] = [1, 0, 4, 0x80] + [UInt8](repeating: 0, count: 12) + [20, 0, 0, 0]
        return head + [4, 0, size, 0, UInt8(entries.count), 0, 0, 0] + entries.joined()
    }

    private func entry(_ kind: UInt8, flags: UInt8 = 0, mask: UInt16, object: [UInt8]? = nil) -> [UInt8] {
        let objects: [UInt8] = kind < 5 ? [] : (object.map { [1, 0, 0, 0] + $0 } ?? [0, 0, 0, 0])
        let rest = [UInt8(mask & 0xff), UInt8(mask >> 8), 0, 0] + objects + Self.me
        return [kind, flags, UInt8(4 + rest.count), 0] + rest
    }

    private func grants(_ entries: [[UInt8]], mask: UInt32 = AccessList.controlAccess) -> Bool? {
        AccessList(descriptor: descriptor(entries))?.grants(mask, [Self.reset], to: [Self.me])
    }

    @Test("an access list grants what its first entry about it allows")
    func accessList() {
        let (allow, deny) = (entry(5, mask: 0x100, object: Self.reset), entry(6, mask: 0x100, object: Self.reset))
        #expect(grants([allow]) == true && grants([deny, allow]) == false && grants([allow, deny]) == true)
        #expect(grants([entry(0, mask: 0x1ff)]) == true && grants([entry(1, mask: 0x1ff), allow]) == false)
        #expect(grants([entry(5, mask: 0x100)]) == true)
        // For another right, for entries below, another kind of access, nobody.
        #expect(grants([entry(5, mask: 0x100, object: Self.me + [1, 2, 3, 4])]) == false)
        #expect(grants([entry(5, flags: 0x08, mask: 0x100, object: Self.reset)]) == false)
        #expect(grants([entry(5, mask: 0x20, object: Self.reset)]) == false && grants([]) == false)
    }

    @Test("an access list that is cut short anywhere is none, or grants nothing")
    func cutShort() {
        let whole = descriptor([entry(5, mask: 0x100, object: Self.reset)])
        for length in 0..<whole.count {
            let list = AccessList(descriptor: Array(whole.prefix(length)))
            #expect(list?.grants(AccessList.controlAccess, [Self.reset], to: [Self.me]) != true, "\(length)")
        }
    }

    @Test("GUIDs and SIDs have the texts that administrators know")
    func texts() throws {
        let text = "00299570-246d-11d0-a768-00aa006e0529"
        #expect(ActiveDirectorySchema.wire(text).prefix(4) == [0x70, 0x95, 0x29, 0x00])
        #expect(ActiveDirectorySchema.text(ActiveDirectorySchema.wire(text)) == text)
        let sid = try #require(SecurityIdentifier([1, 2, 0, 0, 0, 0, 0, 5, 32, 0, 0, 0, 0x20, 2, 0, 0]))
        #expect(sid.text == "S-1-5-32-544")
    }

    @Test(
        "an access control instruction lets people write what it names, or does not except",
        arguments: [
            (
                "(targetattr = \"mobile || mail\")(version 3.0; acl \"x\"; allow (write) userdn = \"ldap:///self\";)",
                true
            ),
            ("(targetattr=\"*\")(version 3.0;acl \"x\";allow(read, all)userdn=\"ldap:///self\";)", true),
            (
                "(targetattr != \"userPassword\")(version 3.0; acl \"x\"; allow (write) userdn = \"ldap:///self\";)",
                true
            ),
            ("(targetattr != \"mobile\")(version 3.0; acl \"x\"; allow (write) userdn = \"ldap:///self\";)", false),
            ("(targetattr = \"mail\")(version 3.0; acl \"x\"; allow (write) userdn = \"ldap:///self\";)", false),
            ("(targetattr = \"mobile\")(version 3.0; acl \"x\"; allow (read) userdn = \"ldap:///self\";)", false),
            ("(targetattr = \"mobile\")(version 3.0; acl \"x\"; deny (write) userdn = \"ldap:///self\";)", false),
            ("(targetattr = \"mobile\")(version 3.0; acl \"x\"; allow (write) userdn = \"ldap:///cn=x\";)", false),
        ]
    )
    func instructions(rule: String, expected: Bool) {
        #expect(AccessInstruction(rule).letsPeopleWrite("mobile") == expected)
    }

    @Test("a shell takes quoted text as it stands")
    func quoting() {
        #expect(ShellText.quoted("cn=O'Neil $(x)") == "'cn=O'\\''Neil $(x)'")
    }
}
