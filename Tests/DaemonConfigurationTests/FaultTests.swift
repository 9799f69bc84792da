import Testing

@Suite("What is wrong in a configuration")
struct FaultTests {
    static let policy = "policies: [ { name: all, methods: [email], register: { minimum: 1 }, reset: { gates: 1 } } ]"

    /// Line of the sample to replace (0: add one), the text, and the end of the one message after the file's name.
    static let table: [(Int, String, String)] = [
        (
            2, "users: { base: \"dc=x\", attributs: {} }",
            "2:24: users.attributs: unknown key; did you mean 'attributes'?"
        ),
        (
            0, "frobnicate: 1",
            "8:1: frobnicate: unknown key; known here: directory, users, roles, sync, policies, protected, "
                + "passwordRules, limits, sessions, links, frontends, administrators, delivery, templates, sockets, state, "
                + "vault, locale, log, audit, demo, alsoWrite"
        ),
        (0, "state: /other", "8:1: state: duplicate key; it already stands in line 6; keep one of them"),
        (
            0, "administrators: [ { user: root, may: [unlock, sync, all], over: [staff] } ]",
            "8:65: administrators[0].over: names roles, and sync, all is about everybody; give it in an entry of its "
                + "own, without over"
        ),
        (
            0, "administrators: [ { user: root, may: [unlock], over: [staff, everybody] } ]",
            "8:54: administrators[0].over: says everybody, and roles beside it; write [everybody], or the roles alone"
        ),
        (0, "demo: yes", "8:7: demo: expected true or false, found 'yes'"),
        (
            0, "sessions: { code: 10 }",
            "8:19: sessions.code: expected a length of time such as 30s, 10m, 24h, 180d or 1h30m, found '10'"
        ),
        (0, "sessions: { code: 2h }", "8:19: sessions.code: expected 1m to 1h, found 2h"),
        (
            0, "limits: { person: { answersPerChallenge: 0 } }",
            "8:42: limits.person.answersPerChallenge: expected a whole number from 1 to 20, found '0'"
        ),
        (
            0, "log: { level: loud }",
            "8:15: log.level: unknown word 'loud'; known here: trace, debug, info, notice, "
                + "warning, error, critical"
        ),
        (
            0, "links: { baseURL: \"http://a.example.org/\" }",
            "8:19: links.baseURL: must begin with https://, since a token travels with it (http only to this host)"
        ),
        (
            0, "frontends: [ { name: a, user: kiosk, may: [reset-link] } ]",
            "8:12: frontends: reset-link needs links: { baseURL: \"https://…\" }: where a link leads is never taken from "
                + "a request"
        ),
        (
            0, "frontends: [ { name: a, user: nosuch, may: [reset] } ]",
            "8:31: frontends[0].user: there is no user 'nosuch' on this host; create it or correct the name"
        ),
        (
            0, "frontends: [ { name: a, user: kiosk, may: [rest] } ]",
            "8:44: frontends[0].may[0]: unknown word 'rest'; did you mean 'reset'?"
        ),
        (
            0, "frontends: [{name: a, user: kiosk, may: [reset]}, {name: a, user: latchkey-portal, may: [reset]}]",
            "8:51: frontends[1]: a front end named 'a' stands above already; rename one"
        ),
        (
            0,
            "frontends: [{name: a, user: portal-twin, may: [reset]}, {name: b, user: latchkey-portal, may: [reset]}]",
            "8:57: frontends[1]: has the same user as 'a'; give each front end a user of its own"
        ),
        (0, "sync: { follow: pol }", "8:17: sync.follow: unknown word 'pol'; did you mean 'poll'?"),
        (
            0, "sync: { holdRemovals: { over: 5 } }",
            "8:31: sync.holdRemovals.over: expected a share from 0% to 100%, found '5'"
        ),
        (
            0, "passwordRules: { blocklist: [/nonexistent/list] }",
            "8:30: passwordRules.blocklist[0]: /nonexistent/list cannot be opened: No such file or directory"
        ),
        (
            0, "passwordRules: { minimumLength: 99, maximumLength: 20 }",
            "8:16: passwordRules: minimumLength 99 is over maximumLength 20"
        ),
        (
            0, "roles: &x { base: \"dc=x\" }",
            "8:8: anchors and aliases are not allowed; write the value out, or put it in quotes"
        ),
        (
            0, "roles: { base: \"dc=x\"",
            "9:1: not YAML: while parsing a flow mapping in line 8, did not find expected ',' or '}'"
        ),
        (
            0, "roles: { base: nonsense }",
            "8:16: roles.base: \"nonsense\" is not a distinguished name (RFC 4514): expected = at byte 8"
        ),
        (
            4, "delivery: { email: { transport: spool, directory: /s } }",
            "4:33: delivery.email.transport: spool writes codes in clear into a folder, for demos and tests: use another "
                + "transport, or 'demo: true' at the top of the file"
        ),
        (
            4, "log: { level: info }",
            "3:13: policies[0]: email needs delivery.email, which is missing; add it or the method goes"
        ),
        (
            4, "delivery: { email: { transport: smtp, server: mail, from: \"a@b\" } }",
            "4:47: delivery.email.server: expected host:port, such as 127.0.0.1:25, found 'mail'"
        ),
        (
            1,
            "directory: { servers: [ldap://ldap.example.org], bind: "
                + "{ mechanism: simple, dn: \"cn=a\", password: \"file:/p\" } }",
            "1:24: directory.servers[0]: would send passwords in clear over the network; "
                + "use ldaps:// or tls: { startTLS: true }"
        ),
        (
            1,
            "directory: { servers: [\"srv:exam ple.org\"], bind: "
                + "{ mechanism: simple, dn: \"cn=a\", password: \"file:/p\" } }",
            "1:24: directory.servers[0]: expected a domain in ASCII after srv:, for example srv:example.org"
        ),
        (
            1, "directory: { servers: [ldaps://a], bind: { mechanism: simple, dn: \"cn=a\", password: hunter2 } }",
            "1:85: directory.bind.password: expected credential:NAME or file:/path; the secret itself never stands here"
        ),
        (
            1, "directory: { servers: [ldaps://a], bind: { mechanism: gssapi, password: \"file:/p\" } }",
            "1:73: directory.bind.password: means nothing with mechanism gssapi; remove it"
        ),
        (
            1, "directory: { servers: [\"ldapi://%2Frun%2Fldapi\"], bind: { mechanism: gssapi } }",
            "1:57: directory.bind: gssapi needs the server's name, which ldapi:// does not have; use external there"
        ),
        (
            1,
            "directory: { servers: [ldaps://a], bind: { mechanism: scram-sha-256, user: \"\", password: \"file:/p\" } }",
            "1:76: directory.bind.user: has no value; give it one or remove the key"
        ),
        (
            1, "directory: { servers: [ldaps://a], bind: { mechanism: scram-sha-256, user: latchkey } }",
            "1:42: directory.bind.password: is missing; it is required"
        ),
        (1, "directory: { servers: [ldaps://a] }", "1:12: directory.bind: is missing; it is required"),
        (
            1, "directory: { servers: [ldaps://a], bind: { mechanism: gssapi }, followWriteReferrals: [ldaps://b] }",
            "1:88: directory.followWriteReferrals[0]: expected the name of a host, without ldaps:// and without a port"
        ),
        (1, "log: { level: info }", "1:1: directory: is missing; it is required"),
        (2, "users: { filter: (uid=*) }", "2:8: users.base: is missing; it is required"),
        (3, "policies: []", "3:11: policies: needs at least one policy; without one nobody can reset anything"),
        (
            3, "policies: [ { name: a, methods: [fingerprint], register: { minimum: 1 }, reset: { gates: 1 } } ]",
            "3:34: policies[0].methods[0]: unknown word 'fingerprint'; known here: authenticator, app-notification, "
                + "mobile-phone, alternate-phone, office-phone, email, security-questions, recovery-codes, access-pass"
        ),
        (
            3, "policies: [ { name: a, methods: [email], register: { minimum: 0 }, reset: { gates: 1 } } ]",
            "3:63: policies[0].register.minimum: expected a whole number from 1 to 20, found '0'"
        ),
        (
            3, "policies: [ { name: a, methods: [email], register: { minimum: 1, strong: 1 }, reset: { gates: 1 } } ]",
            "3:74: policies[0].register.strong: can never be met: no method of this policy is strong; "
                + "add mobile-phone or authenticator, or remove it"
        ),
        (
            3, "policies: [ { name: a, methods: [email], register: { minimum: 1 }, reset: { gates: 2 } } ]",
            "3:84: policies[0].reset.gates: can never be met: the methods of this policy make at most 1 independent gate; "
                + "lower it or add a method"
        ),
        (
            3,
            "policies: [ { name: a, methods: [email], register: { minimum: 1 }, reset: { gates: 1 }, enrol: luck } ]",
            "3:96: policies[0].enrol: unknown word 'luck'; known here: password, candidate, pass"
        ),
        (
            5, "sockets: { frontend: run/f.sock, admin: /run/a.sock }",
            "5:22: sockets.frontend: expected an absolute path, found 'run/f.sock'"
        ),
        (
            5, "sockets: { frontend: /\(String(repeating: "f", count: 107)), admin: /run/a.sock }",
            "5:22: sockets.frontend: a socket's path has at most 107 bytes, this one 108"
        ),
        (
            7, "vault: { key: [\"file:/a\", \"file:/a\"] }",
            "7:27: vault.key[1]: names a key that the list names already"
        ),
        (
            7, "vault: { key: \"file:/a\", escrow: \"no id\" }",
            "7:34: vault.escrow: expected the id of a key that was read back: latchkeyd --key-id FILE"
        ),
        (7, "vault:", "7:7: vault: expected keys and values, not one value"),
    ]

    @Test("each fault has its place, its key and what to do", arguments: table)
    func fault(line: Int, text: String, message: String) {
        let sample = Sample.changing(line == 0 ? nil : line, to: text)
        #expect(Sample.faults(sample) == ["latchkey.yaml:" + message])
    }

    @Test("all faults are told at once, in the order of the file")
    func all() {
        let text = """
            directory: { servers: [ldaps://a, ldaps://b], bind: { mechanism: simple }, product: foo }
            users: { base: "dc=x", base: "dc=y", filter: "(uid=" }
            polices: []
            state: relative
            state: /again
            sockets: { frontend: /a, admin: /a }
            """
        let places = Sample.faults(text).map { $0.split(separator: ":").prefix(4).joined(separator: ":") }
        #expect(
            places == [
                "latchkey.yaml:1:1: policies", "latchkey.yaml:1:1: vault",
                "latchkey.yaml:1:53: directory.bind.dn", "latchkey.yaml:1:53: directory.bind.password",
                "latchkey.yaml:1:85: directory.product",
                "latchkey.yaml:2:24: users.base", "latchkey.yaml:2:46: users.filter", "latchkey.yaml:3:1: polices",
                "latchkey.yaml:5:1: state", "latchkey.yaml:6:33: sockets.admin",
            ]
        )
    }

    @Test("a duplicate key is told at its last place, also with quotes and three times")
    func duplicates() {
        let faults = Sample.faults(Sample.changing(to: "\"state\": /b\nstate: /c"))
        #expect(
            faults == [
                "latchkey.yaml:9:1: state: duplicate key; it already stands in line 6; keep one of them",
                "latchkey.yaml:9:1: state: duplicate key; it already stands in line 8; keep one of them",
            ]
        )
    }

    @Test("nested aliases end at once, and cost nothing")
    func aliases() {
        var text = "a0: &a0 x\n"
        for level in 1...40 { text += "a\(level): &a\(level) [*a\(level - 1), *a\(level - 1)]\n" }
        text += "? *a40\n: 1\n? *a40\n: 2\n"
        #expect(Sample.faults(text).count == 10)
    }

    @Test("ampersands and stars inside values are no anchors")
    func notAnchors() {
        let users = "users: { base: \"dc=x\", filter: (&(uid=*)(cn=a *b)), disabledWhen: '(cn=it''s, *x)' } # a, *b"
        #expect(Sample.faults(Sample.changing(2, to: users)) == [])
    }

    @Test("a text over the limit, an empty one and one of two documents are refused")
    func wholeFile() {
        #expect(
            Sample.faults(String(repeating: "#", count: 262145))
                == ["latchkey.yaml: is larger than 262144 bytes; that is no configuration"]
        )
        #expect(Sample.faults("# nothing\n").first?.hasPrefix("latchkey.yaml: the file is empty") == true)
        #expect(Sample.faults(Sample.least + "\n---\nb: 1\n").count == 1)
    }

    @Test("what is no secret reference never appears in a message")
    func noSecret() {
        let vault = "vault: { key: \"c2VjcmV0LXNlY3JldA==\" }"
        #expect(!Sample.faults(Sample.changing(7, to: vault)).joined().contains("c2Vj"))
    }
}
