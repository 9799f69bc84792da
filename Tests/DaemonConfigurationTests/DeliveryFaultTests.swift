import DaemonConfiguration
import LatchkeyTesting
import SelfService
import Testing

@Suite("What is wrong in delivery and its limits")
struct DeliveryFaultTests {
    /// What stands in the braces of `delivery: { email: { … } }`, and the message after `4:`.
    static let transports: [(String, String)] = [
        ("transport: fax", "33: delivery.email.transport: unknown word 'fax'; known here: smtp, http, command, spool"),
        (
            "transport: command, command: [send-mail, now]",
            "52: delivery.email.command[0]: expected an absolute path, found 'send-mail'"
        ),
        (
            "transport: command, command: /usr/bin/send",
            "51: delivery.email.command: expected a list such as [a, b], not one value"
        ),
        (
            "transport: command, command: []",
            "51: delivery.email.command: names no program; write [/path/to/program]"
        ),
        (
            "transport: command, command: [/usr/bin/send], url: \"https://x.org\"",
            "68: delivery.email.url: unknown key; known here: transport, command, timeout"
        ),
        (
            "transport: command, command: [/usr/bin/send], timeout: 1h",
            "77: delivery.email.timeout: expected 1s to 2m, found 1h"
        ),
        (
            "transport: http, url: \"http://gateway.example.org/\", token: \"file:/t\"",
            "44: delivery.email.url: must begin with https://, since codes travel with it (http only to this host)"
        ),
        (
            "transport: http, url: \"https://u:p@gateway.example.org/\"",
            "44: delivery.email.url: must not have a user or a password; the token stands in a file: "
                + "token: \"credential:NAME\""
        ),
        (
            "transport: http, url: \"https://gateway.example.org/#a\"",
            "44: delivery.email.url: must not have a fragment, which no server would see"
        ),
        (
            "transport: http, url: gateway",
            "44: delivery.email.url: expected a URL such as https://gateway.example.org/text"
        ),
        ("transport: http", "20: delivery.email.url: is missing; it is required"),
        (
            "transport: http, url: \"https://gateway.example.org/\", token: hunter2",
            "83: delivery.email.token: expected credential:NAME or file:/path; the secret itself never stands here"
        ),
        (
            "transport: smtp, server: \"mail.example.org:587\", from: \"a@b.org\", user: u, password: \"file:/p\"",
            "20: delivery.email: would send the password in clear to whoever pretends that the server has no TLS; "
                + "write tls: required, or implicit for port 465"
        ),
        (
            "transport: smtp, server: \"127.0.0.1:25\", from: \"a@b.org\", user: u",
            "20: delivery.email: user and password stand together, or neither does"
        ),
    ]

    @Test("each fault of a transport has its place, its key and what to do", arguments: transports)
    func transport(text: String, message: String) {
        let sample = Sample.changing(4, to: "delivery: { email: { \(text) } }")
        #expect(Sample.faults(sample) == ["latchkey.yaml:4:" + message])
    }

    /// What stands in the braces of `limits: { … }`, and the message after `8:`.
    static let limits: [(String, String)] = [
        ("global: 5", "19: limits.global: expected keys and values, not one value"),
        ("global: { reserve: 5 }", "19: limits.global.textsAndCallsPerDay: is missing; it is required"),
        (
            "prefixes: { \"49\": 5 }",
            "29: limits.prefixes.49: expected a prefix in quotes such as \"+1\" or \"+1900\", or other"
        ),
        (
            "prefixes: { \"+049\": 5 }",
            "31: limits.prefixes.+049: expected a prefix in quotes such as \"+1\" or \"+1900\", or other"
        ),
        (
            "prefixes: { \"+49\": none }",
            "30: limits.prefixes.+49: expected messages per day from 1 to 100000, or refuse"
        ),
        (
            "destination: { messagesPerDay: 0 }",
            "42: limits.destination.messagesPerDay: expected a whole number from 1 to 100000, found '0'"
        ),
        ("dryRun: maybe", "19: limits.dryRun: expected true or false, found 'maybe'"),
        (
            "address: { attemptsPerHour: 5 }",
            "22: limits.address.attemptsPerHour: unknown key; known here: attemptsPerMinute"
        ),
        (
            "global: { attemptsPerMinute: 0 }",
            "40: limits.global.attemptsPerMinute: expected a whole number from 1 to 100000, found '0'"
        ),
    ]

    @Test("each fault of the limits has its place, its key and what to do", arguments: limits)
    func limit(text: String, message: String) {
        #expect(Sample.faults(Sample.changing(to: "limits: { \(text) }")) == ["latchkey.yaml:8:" + message])
    }

    @Test("what is right arrives where it belongs")
    func accepted() throws {
        let text =
            Sample.changing(
                4,
                to: "delivery: { email: { transport: command, command: [/usr/bin/send, --now], timeout: 5s }, "
                    + "text: { transport: http, url: \"https://g.example.org/t?x=1\", token: \"file:/t\", ca: /ca.pem } }"
            )
            + "\nlimits: { dryRun: true, global: { textsAndCallsPerDay: 500, reserve: 50 }, "
            + "prefixes: { \"+1\": 100, \"+1900\": refuse, other: refuse }, person: { messagesPerDay: 9 }, "
            + "destination: { messagesPerDay: 8 } }"
        let settings = try ConfigurationFile.parse(text: text, name: "latchkey.yaml", names: FakeNames())
        let budgets = DeliveryBudgets(
            prefixes: [.init("+1", .perDay(100)), .init("+1900", .refused)],
            otherwise: .refused,
            perDay: 500,
            reserve: 50,
            isDryRun: true
        )
        #expect(settings.limits.budgets == budgets)
        #expect(settings.limits.messagesPerPersonAndDay == 9 && settings.limits.messagesPerDestinationAndDay == 8)
        guard case .command(let program) = settings.delivery[.email], case .http(let gateway) = settings.delivery[.text]
        else {
            Issue.record("other transports")
            return
        }
        #expect(program.command == ["/usr/bin/send", "--now"] && program.timeout == 5)
        #expect(gateway.url == "https://g.example.org/t?x=1" && gateway.certificateAuthorities == "/ca.pem")
    }

    @Test("texts without a budget, and budgets that are only tried out, are told")
    func warnings() throws {
        let delivery =
            "delivery: { email: { transport: smtp, server: \"127.0.0.1:25\", from: \"a@b.org\" }, "
            + "text: { transport: http, url: \"https://g.example.org/\" } }"
        func warnings(_ limits: String) -> [String] {
            ConfigurationFile.check(
                text: Sample.changing(4, to: delivery) + limits,
                name: "latchkey.yaml",
                environment: [:],
                names: FakeNames()
            ).warnings.map(\.description)
        }
        #expect(warnings("").contains { $0.contains("delivery.text") && $0.contains("limits.global") })
        let set = "\nlimits: { global: { textsAndCallsPerDay: 5 } }"
        #expect(!warnings(set).contains { $0.contains("delivery.text") })
        let tried = "\nlimits: { dryRun: true, global: { textsAndCallsPerDay: 5 } }"
        #expect(warnings(tried).contains { $0.contains("only tried out") })
    }
}
