import Foundation
import LatchkeyTesting
import LocalAPI
import LocalClient
import Testing

@Suite("A directory of somebody else's making")
struct OtherDirectoryTests {
    @Test("works by configuration alone: another suffix, other attributes, nested groups with other names")
    func configurationAlone() async throws {
        let directory = SlapdOptions.with {
            $0.suffix = "o=acme"
            $0.content = Self.content
        }
        try await withSlapd(directory) { slapd in
            try await withDaemon(slapd, Self.options) { daemon in
                let grace = try await daemon.document(UserDocument.self, "users", "show", "4711")
                #expect(grace.displayName == "Commodore Hopper" && grace.email == "grace@acme.example")
                #expect(grace.dn == "cn=Grace Hopper,ou=Research,ou=Staff,o=acme")
                #expect(grace.roles == ["Employees", "Laboratory", "Ring"])
                let status = try await daemon.document(StatusDocument.self, "status")
                #expect(status.users == 2 && status.roles == 3)
                try await Self.resets(slapd, daemon)
            }
        }
    }

    private static func resets(_ slapd: SlapdFixture, _ daemon: DaemonFixture) async throws {
        let token = try await daemon.portal.signIn("4711").token
        #expect(try await daemon.portal.registration(token).policy.name == "laboratory")
        try await daemon.portal.register("email", "grace@home.example", token: token)
        // By the directory's address, as the person knows it.
        let reset = try await daemon.portal.provenReset("grace@acme.example")
        #expect(try await daemon.portal.setPassword("a new and longer one", token: reset).outcome == "applied")
        #expect(try await slapd.bind("cn=Grace Hopper,ou=Research,ou=Staff,o=acme", "a new and longer one") == 0)
        #expect(try await slapd.bind("cn=Grace Hopper,ou=Research,ou=Staff,o=acme", SlapdFixture.password) == 49)
    }

    private static let options = DaemonOptions.with {
        $0.users = """
            base: "ou=Staff,o=acme"
            filter: (&(objectClass=inetOrgPerson)(employeeNumber=*))
            attributes: { login: employeeNumber, displayName: displayName, email: mail, mobilePhone: pager }
            """
        $0.roles = """
            base: "ou=Teams,o=acme"
            filter: (objectClass=groupOfNames)
            attributes: { name: ou, member: member }
            """
        $0.policies = """
              - name: laboratory
                roles: [Employees]
                methods: [email]
                register: { minimum: 1 }
                reset: { gates: 1 }
            """
    }

    /// Grace is in the laboratory, which is in the employees; a ring goes around. The printer is nobody.
    private static let content = """
        dn: ou=Staff,o=acme
        objectClass: organizationalUnit
        ou: Staff

        dn: ou=Research,ou=Staff,o=acme
        objectClass: organizationalUnit
        ou: Research

        dn: ou=Teams,o=acme
        objectClass: organizationalUnit
        ou: Teams

        dn: cn=Grace Hopper,ou=Research,ou=Staff,o=acme
        objectClass: inetOrgPerson
        cn: Grace Hopper
        sn: Hopper
        displayName: Commodore Hopper
        employeeNumber: 4711
        mail: grace@acme.example
        userPassword: \(SlapdFixture.password)

        dn: cn=Edsger Dijkstra,ou=Staff,o=acme
        objectClass: inetOrgPerson
        cn: Edsger Dijkstra
        sn: Dijkstra
        employeeNumber: 4712
        userPassword: \(SlapdFixture.password)

        dn: cn=Printer,ou=Staff,o=acme
        objectClass: inetOrgPerson
        cn: Printer
        sn: Printer

        dn: cn=t1,ou=Teams,o=acme
        objectClass: groupOfNames
        cn: t1
        ou: Laboratory
        member: cn=Grace Hopper,ou=Research,ou=Staff,o=acme

        dn: cn=t2,ou=Teams,o=acme
        objectClass: groupOfNames
        cn: t2
        ou: Employees
        member: cn=t1,ou=Teams,o=acme
        member: cn=t3,ou=Teams,o=acme

        dn: cn=t3,ou=Teams,o=acme
        objectClass: groupOfNames
        cn: t3
        ou: Ring
        member: cn=t2,ou=Teams,o=acme

        """
}
