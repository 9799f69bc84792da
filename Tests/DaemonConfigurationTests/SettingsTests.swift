import DaemonConfiguration
import DirectoryServers
import Foundation
import LDAPClient
import LatchkeyTesting
import SelfService
import Testing

@Suite("What a configuration means")
struct SettingsTests {
    private func parse(_ text: String) throws -> Settings {
        try ConfigurationFile.parse(text: text, name: "latchkey.yaml", names: FakeNames())
    }

    @Test("the least that is accepted brings the defaults")
    func least() throws {
        let settings = try parse(Sample.least)
        #expect(settings.limits == Limits())
        #expect(settings.lifetimes == Lifetimes())
        #expect(settings.logLevel == "info")
        #expect(!settings.isDemo)
        #expect(settings.vaultKeys == [.credential("vault-key")] && settings.vaultEscrow == nil)
        #expect(settings.users.login.text == "uid")
        #expect(settings.policies.first?.unlockGates == 1)
    }

    @Test("servers by SRV record, SCRAM and GSSAPI arrive where they belong")
    func discoveredServers() throws {
        let scram = try parse(
            Sample.changing(
                1,
                to: "directory: { servers: [\"srv:Example.org\", ldaps://b.example.net], "
                    + "bind: { mechanism: scram-sha-256, user: latchkey, password: \"file:/p\" } }"
            )
        ).directory
        #expect(
            scram.servers == [
                .discovered(try ServiceDomain("example.org")), .named(try LDAPServer("ldaps://b.example.net")),
            ]
        )
        guard case .scramSHA256("latchkey", .file("/p")) = scram.bind else { throw TestError("\(scram.bind)") }
        for (text, expected) in [("", nil), (", keytab: /etc/latchkey/keytab", "/etc/latchkey/keytab")] {
            let line = "directory: { servers: [ldaps://a.example.org], bind: { mechanism: gssapi\(text) } }"
            guard case .gssapi(let keytab) = try parse(Sample.changing(1, to: line)).directory.bind else {
                throw TestError("another bind")
            }
            #expect(keytab == expected)
        }
    }

    @Test("every option arrives where it belongs")
    func full() throws {
        let settings = try parse(Self.fullText)
        #expect(settings.directory.servers.map(\.uri) == ["ldaps://ldap1.example.org", "ldaps://ldap2.example.org"])
        #expect(settings.directory.failover.returnAfter == .seconds(300))
        #expect(settings.directory.failover.probeEvery == .seconds(20))
        #expect(settings.directory.followWriteReferrals == ["ldap-primary.example.org"])
        #expect(settings.mailNeedsPassword == ["example.org"])
        #expect(settings.users.disabledWhen?.text == "(employeeType=left)")
        #expect(settings.users.protectedWhen?.text == "(adminCount=1)")
        #expect(settings.protectedRoles == ["domain-admins"])
        #expect(settings.roles?.base.text == "ou=groups,dc=example,dc=org")
        var policies = Self.policies
        policies[0].mustChange = true
        #expect(settings.policies == policies)
        #expect(settings.passwordRules.minimumLength == 15)
        #expect(settings.lifetimes.signIn == 3600)
        #expect(settings.lifetimes.code == 300)
        #expect(settings.links == .init(baseURL: "https://account.example.org/reset", lifetime: 3600))
        #expect(settings.frontends == [.init(name: "portal", uid: 990, may: ["sign-in", "register", "reset-link"])])
        #expect(
            settings.administrators == [
                .init(who: .group(gid: Settings.Administrator.nobody), may: ["unlock"]),
                .init(who: .group(gid: 980), may: ["look-up", "edit-methods"], over: .roles(["students", "guests"])),
                .init(who: .group(gid: 980), may: ["all"]),
            ]
        )
        #expect(settings.sync.follow == .persist)
        #expect(settings.sync.holdOver == 0.05)
        #expect(settings.sync.verifyEvery == 5400)
        #expect(settings.policies.map(\.mustChange) == [true, false])
        #expect(settings.limits.answersPerChallenge == 4)
        #expect(settings.limits.wrongAnswersPerMethod == 6)
        #expect(settings.limits.signInFailures == 3)
        #expect(settings.limits.signInWindow == 600)
        #expect(settings.limits.messagesPerDestination == 7)
        #expect(settings.limits.sessionStartsPerMinute == 50)
        #expect(settings.limits.attemptsPerAddress == 30 && settings.limits.attemptsInAll == 600)
        #expect(settings.locale == "de")
        #expect(settings.logLevel == "debug")
    }

    static let policies = [
        Policy(
            name: "staff",
            roles: ["staff"],
            methods: [AllowedMethod(.email), AllowedMethod(.mobilePhone, via: [.text])],
            register: RegistrationRequirement(minimum: 2, strong: 1),
            resetGates: 2,
            unlockGates: 1,
            reconfirmAfter: 180 * 86400,
            coolingOff: 86400,
            mailNeedsPassword: ["example.org"]
        ),
        Policy(
            name: "everybody",
            methods: [AllowedMethod(.mobilePhone, via: [.text]), AllowedMethod(.email)],
            register: RegistrationRequirement(minimum: 2),
            resetGates: 2,
            mailNeedsPassword: ["example.org"]
        ),
    ]

    static let fullText = """
        demo: true
        directory:
          servers: [ldaps://ldap1.example.org, ldaps://ldap2.example.org]   # preferred first
          product: auto
          tls: { ca: /etc/ssl/certs/ca-certificates.crt, startTLS: false }
          bind: { mechanism: simple, dn: "cn=latchkey,ou=services,dc=example,dc=org", password: "credential:bind-password" }
          passwordWrite: auto
          followWriteReferrals: [LDAP-Primary.example.org]
          failover: { returnAfter: 5m, probeEvery: 20s }
        users:
          base: ou=people,dc=example,dc=org
          filter: (objectClass=inetOrgPerson)
          attributes: { login: uid, displayName: cn, email: mail, officePhone: telephoneNumber, mobilePhone: mobile, language: preferredLanguage }
          disabledWhen: (employeeType=left)
          mailNeedsPassword: [example.org]
        roles:
          base: ou=groups,dc=example,dc=org
          filter: (objectClass=groupOfNames)
          attributes: { name: cn, member: member }
        sync:
          follow: persist
          verifyEvery: 1h30m
          holdRemovals: { over: 5%, atLeast: 50, groupLoss: 50% }
          purgeDeletedAfter: 30d
        policies:
          - name: staff
            roles: [staff]
            methods: [email, {mobile-phone: [text]}]
            enrol: password
            register: { minimum: 2, strong: 1 }
            reset: { gates: 2, mustChange: true }
            unlock: { gates: 1 }
            reconfirmAfter: 180d
            coolingOff: 24h
          - name: everybody
            methods: [mobile-phone, email]
            register: { minimum: 2 }
            reset: { gates: 2 }
        protected: { roles: [domain-admins], filter: (adminCount=1) }
        passwordRules: { minimumLength: 15 }
        limits:
          dryRun: false
          person: { answersPerChallenge: 4, wrongAnswersPerHour: 6, signInFailures: 3, signInWindow: 10m }
          destination: { messagesPerHour: 7 }
          frontend: { sessionsPerMinute: 50 }
          address: { attemptsPerMinute: 30 }
          global: { attemptsPerMinute: 600 }
        sessions: { signIn: 60m, idle: 10m, reset: 15m, code: 5m }
        links: { baseURL: "https://account.example.org/reset", lifetime: 1h }
        frontends:
          - { name: portal, user: latchkey-portal, may: [sign-in, register, reset-link] }
        administrators:
          - { group: helpdesk, may: [unlock], over: [everybody] }
          - { group: latchkey-admin, may: [look-up, edit-methods], over: [students, guests] }
          - { group: latchkey-admin, may: [all] }
        delivery:
          email: { transport: smtp, server: "127.0.0.1:25", tls: auto, from: "Latchkey <no-reply@example.org>" }
          text: { transport: spool, directory: /var/spool/latchkey }
        sockets: { frontend: /run/latchkey/frontend.sock, admin: /run/latchkey/admin.sock }
        state: /var/lib/latchkey
        vault: { key: "credential:vault-key" }
        locale: de
        log: { level: debug }
        """

    @Test("a blocklist is read in lower case, whatever its line ends")
    func blocklist() throws {
        let folder = try Folder()
        let path = try folder.file("list", "Password1\r\nhunter2\n\nÄpfel", mode: 0o644)
        let settings = try parse(Sample.changing(to: "passwordRules: { blocklist: [\"\(path)\"] }"))
        #expect(settings.passwordRules.blocklist == ["password1", "hunter2", "äpfel"])
    }

    @Test("the shipped example is without fault")
    func example() throws {
        let path = Sample.repository.appending(path: "etc/latchkey.yaml").path
        let report = ConfigurationFile.check(path: path, environment: [:], names: FakeNames())
        #expect(report.faults.map(\.description) == [])
        #expect(report.notChecked.map(\.path) == ["directory.bind.password", "vault.key"])
    }

    @Test("the demo's configuration is without fault")
    func demo() throws {
        let file = Sample.repository.appending(path: "etc/demo/latchkey.yaml.in")
        var text = try String(contentsOf: file, encoding: .utf8)
        let values = ["SERVER": "ldap://127.0.0.1:3890", "SUFFIX": "dc=x", "DIR": "/tmp/demo", "USER": "demo-user"]
        for (name, value) in values { text = text.replacing("@\(name)@", with: value) }
        #expect(Sample.faults(text) == [])
    }

    @Test("the host's own users and groups are found")
    func systemNames() {
        #expect(SystemNameService().uid(ofUser: "root") == 0)
        #expect(SystemNameService().gid(ofGroup: "root") == 0)
        #expect(SystemNameService().uid(ofUser: "no-such-user-here") == nil)
    }
}
