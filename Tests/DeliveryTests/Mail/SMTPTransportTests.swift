import Delivery
import Foundation
import Identity
import LatchkeyTesting
import SelfService
import Testing

private struct FixedClock: WallClock {
    let now = Date(timeIntervalSince1970: 1_790_000_000)
}

@Suite struct SMTPTransportTests {
    private let message = OutgoingMessage(
        channel: .email,
        to: "ada@example.org",
        subject: "Your code – größer",
        body: "Line one\n.\nÜ 4711",
        code: "4711"
    )

    private func transport(
        _ port: Int,
        tls: SMTPSettings.TLS = .auto,
        authorities: String? = nil,
        credentials: SMTPSettings.Credentials? = nil,
        timeout: Duration = .seconds(20)
    ) throws -> SMTPTransport {
        var settings = SMTPSettings(
            server: try #require(SMTPServer("127.0.0.1:\(port)")),
            tls: tls,
            from: try #require(MailAddress("Latchkey, Inc. <no-reply@latchkey.example>"))
        )
        settings.certificateAuthorities = authorities
        settings.credentials = credentials
        settings.totalTimeout = timeout
        return SMTPTransport(settings, clock: FixedClock())
    }

    private func failure(_ transport: SMTPTransport, _ message: OutgoingMessage? = nil) async throws -> TransportError {
        let message = message ?? self.message
        let error = try await withDeadline {
            await #expect(throws: TransportError.self) { try await transport.deliver(message) }
        }
        let found = try #require(error)
        // The server's port may be any number, also one with the code in it.
        let detail = found.detail.replacing(/127\.0\.0\.1:\d+/, with: "")
        for secret in ["ada", "4711", "hunter2", "courier-user"] { #expect(!detail.contains(secret)) }
        return found
    }

    @Test("a mail arrives with its headers, and its body can be decoded")
    func mail() async throws {
        let server = try await MailServer()
        try await transport(server.port).deliver(message)
        let mail = try #require(server.mail())
        #expect(mail.envelope.hasPrefix("MAIL FROM:<no-reply@latchkey.example>"))
        #expect(mail.envelope.hasSuffix("|RCPT TO:<ada@example.org>"))
        let expected = [
            "Date": "Mon, 21 Sep 2026 14:13:20 +0000",
            "From": "\"Latchkey, Inc.\" <no-reply@latchkey.example>",
            "To": "ada@example.org",
            "Subject": "=?UTF-8?B?\(Data("Your code – größer".utf8).base64EncodedString())?=",
            "Message-ID": "<abc@latchkey.example>",
            "MIME-Version": "1.0",
            "Content-Type": "text/plain; charset=utf-8",
            "Content-Transfer-Encoding": "base64",
            "Auto-Submitted": "auto-generated",
        ]
        #expect(mail.headers == expected)
        let body = try #require(Data(base64Encoded: mail.body, options: .ignoreUnknownCharacters))
        #expect(String(decoding: body, as: UTF8.self) == "Line one\r\n.\r\nÜ 4711")
    }

    @Test("a mail that is sent again has the same Message-ID")
    func identifiers() async throws {
        let server = try await MailServer()
        for _ in 0..<2 { try await transport(server.port).deliver(message, reference: "R-1_x") }
        for number in 1...2 { #expect(server.mail(number)?.headers["Message-ID"] == "<R-1_x@latchkey.example>") }
    }

    @Test("user and password go by STARTTLS, never in clear")
    func startTLSWithPassword() async throws {
        let server = try await MailServer(tls: true, "--user", "courier-user:hunter2")
        let credentials = SMTPSettings.Credentials(user: "courier-user", password: "hunter2")
        try await transport(
            server.port,
            tls: .required,
            authorities: server.scratch.path("ca.crt"),
            credentials: credentials
        ).deliver(message)
        #expect(server.mail() != nil)
        #expect(server.clear.contains("STARTTLS") && !server.clear.contains("AUTH"))
    }

    @Test(
        "STARTTLS is used where it is offered, and the mail does not travel in clear",
        arguments: [.auto, .required] as [SMTPSettings.TLS]
    )
    func startTLS(_ tls: SMTPSettings.TLS) async throws {
        let server = try await MailServer(tls: true)
        try await transport(server.port, tls: tls, authorities: server.scratch.path("ca.crt")).deliver(message)
        #expect(server.mail() != nil)
        #expect(server.clear.contains("STARTTLS"))
        #expect(!server.clear.contains("MAIL") && !server.clear.contains("ada@"))
    }

    @Test("TLS from the first byte delivers too, with user and password")
    func implicitTLS() async throws {
        let server = try await MailServer(tls: true, "--implicit", "--user", "courier-user:hunter2")
        let credentials = SMTPSettings.Credentials(user: "courier-user", password: "hunter2")
        try await transport(
            server.port,
            tls: .implicit,
            authorities: server.scratch.path("ca.crt"),
            credentials: credentials
        ).deliver(message)
        #expect(server.mail() != nil)
        let wrong = SMTPSettings.Credentials(user: "courier-user", password: "hunter2!")
        let error = try await failure(
            transport(server.port, tls: .implicit, authorities: server.scratch.path("ca.crt"), credentials: wrong)
        )
        #expect(error.detail.contains("535"))
        #expect("\(credentials)" + String(reflecting: credentials) == "credentialscredentials")
    }

    @Test(
        "a CA that is not ours is refused, and nothing of the mail is sent",
        arguments: [.auto, .required] as [SMTPSettings.TLS]
    )
    func unknownAuthority(_ tls: SMTPSettings.TLS) async throws {
        let server = try await MailServer(tls: true)
        let error = try await failure(
            transport(server.port, tls: tls, authorities: server.scratch.path("other.crt"))
        )
        #expect(error.isTemporary)
        #expect(error.detail.contains("not trusted"))
        #expect(server.mail() == nil)
        #expect(!server.clear.contains("MAIL"))
    }

    @Test("a server without STARTTLS is refused where TLS is required")
    func noStartTLS() async throws {
        let server = try await MailServer()
        let error = try await failure(transport(server.port, tls: .required))
        #expect(error.detail.contains("does not offer STARTTLS"))
        #expect(server.mail() == nil && !server.clear.contains("MAIL"))
    }

    @Test("a 4yz reply is temporary and a 5yz permanent, at every step", arguments: ["MAIL", "RCPT", "DATA", "END"])
    func replies(_ step: String) async throws {
        let later = try await MailServer("--reply", "\(step)=451")
        let temporary = try await failure(transport(later.port))
        #expect(temporary.isTemporary && temporary.detail.contains("451"))
        let never = try await MailServer("--reply", "\(step)=550")
        let permanent = try await failure(transport(never.port))
        #expect(!permanent.isTemporary && permanent.detail.contains("550"))
    }

    @Test("a server that accepts and stays silent, and one that is not there, are temporary errors")
    func silence() async throws {
        let silent = try SilentServer()
        let error = try await failure(transport(Int(silent.port), timeout: .milliseconds(300)))
        #expect(error.isTemporary && error.detail.contains("in time"))
        let absent = try await failure(transport(Int(try RefusedPort.make())))
        #expect(absent.isTemporary && absent.detail.contains("cannot be reached"))
    }

    @Test(
        "what would begin a header or a command of its own is refused before anybody is called",
        arguments: [
            "ada@example.org\r\nBcc: eve@example.org", "ada@example.org>\r\nRCPT TO:<eve@x", "a b@x", "", "ada",
        ]
    )
    func injectionByDestination(_ to: String) async throws {
        let server = try await MailServer()
        let error = try await failure(transport(server.port), OutgoingMessage(channel: .email, to: to, body: "x"))
        #expect(!error.isTemporary)
        #expect(server.clear.isEmpty)
    }

    @Test("a subject of several lines is refused", arguments: ["a\r\nBcc: e@x", "a\nb", "a\rb", "a\u{2028}b", "a\0b"])
    func injectionBySubject(_ subject: String) async throws {
        let server = try await MailServer()
        let message = OutgoingMessage(channel: .email, to: "ada@example.org", subject: subject, body: "x")
        #expect(try await failure(transport(server.port), message).isTemporary == false)
        #expect(server.clear.isEmpty)
    }

    @Test("senders and servers are read strictly")
    func parsing() {
        #expect(MailAddress("Desk <a@b.example>\r\nX: y") == nil)
        #expect(MailAddress("De\nsk <a@b.example>") == nil)
        #expect(MailAddress("a@b.example") != nil)
        for good in ["mail.example:25", "[::1]:25", "127.0.0.1:587"] { #expect(SMTPServer(good) != nil, "\(good)") }
        for bad in ["mail.example", "mail.example:0", "x/y:25", "u@x:25", "::1:25", ":25", "a:70000"] {
            #expect(SMTPServer(bad) == nil, "\(bad)")
        }
    }
}
