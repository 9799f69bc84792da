import Delivery
import Foundation
import Identity
import LatchkeyTesting
import SelfService
import Testing

@Suite("What a transport says without a message")
struct ObstacleTests {
    private static let patience = Duration.milliseconds(300)

    /// What stands in the way of mail.
    private func mail(
        _ server: String,
        _ tls: SMTPSettings.TLS = .off,
        authorities: String? = nil,
        timeout: Duration = .seconds(20),
        change: (inout SMTPSettings) -> Void = { _ in }
    ) async throws -> TransportError? {
        var settings = SMTPSettings(
            server: try #require(SMTPServer(server)),
            tls: tls,
            from: try #require(MailAddress("no-reply@latchkey.example"))
        )
        settings.certificateAuthorities = authorities
        settings.totalTimeout = timeout
        change(&settings)
        let transport = SMTPTransport(settings, clock: SystemWallClock())
        return await ChannelTransports([.email: transport]).obstacles().first?.obstacle
    }

    private func text(_ url: String, authorities: String? = nil, timeout: Duration = .seconds(20)) async -> String? {
        let settings = HTTPSettings(url: url, token: nil, certificateAuthorities: authorities, totalTimeout: timeout)
        return await ChannelTransports([.text: HTTPTransport(settings)]).obstacles().first?.obstacle?.detail
    }

    @Test("a mail server that is not known, is silent or breaks off is named with that")
    func unreachableMail() async throws {
        let unknown = try await mail("mail.invalid:25")
        #expect(unknown?.detail == "the mail server mail.invalid:25 is not known by that name")
        let silent = try SilentServer()
        let late = try await mail("127.0.0.1:\(silent.port)", timeout: Self.patience)
        #expect(late?.detail.hasSuffix("did not answer in time") == true, "\(late?.detail ?? "")")
        let broken = try FaultServer(.closes)
        let cut = try await mail("127.0.0.1:\(broken.port)")
        #expect(cut?.isTemporary == true && cut?.detail.contains(" broke off (") == true, "\(cut?.detail ?? "")")
        let long = try await mail("127.0.0.1:25", authorities: Self.tooLong)
        #expect(long?.detail == "libcurl does not take the settings for 127.0.0.1:25")
    }

    /// libcurl takes no text of more than 8,000,000 bytes.
    private static let tooLong = String(repeating: "a", count: 8_000_001)

    @Test("a mail server that greets nobody says whether that will pass", arguments: [("421", true), ("554", false)])
    func refusedGreeting(reply: String, isTemporary: Bool) async throws {
        let server = try await MailServer("--reply", "EHLO=\(reply)", "--reply", "HELO=\(reply)")
        let found = try await mail("127.0.0.1:\(server.port)")
        #expect(found?.isTemporary == isTemporary)
        #expect(found?.detail.hasSuffix(isTemporary ? " answered 421" : " refused with 554") == true)
    }

    @Test("a mail server's certificate, its lack of TLS and the CA file are told apart")
    func mailTLS() async throws {
        let secure = try await MailServer(tls: true)
        let server = "127.0.0.1:\(secure.port)"
        let other = try await mail(server, .required, authorities: secure.scratch.path("other.crt"))
        let untrusted = "has a certificate that is not trusted; check the host name and the CA file"
        #expect(other?.detail.hasSuffix(untrusted) == true)
        let gone = try await mail(server, .required, authorities: "/nowhere/ca.crt")
        #expect(gone?.detail.hasSuffix("cannot be verified: the CA file cannot be read") == true)
        let clear = try await mail(server, .implicit, authorities: secure.scratch.path("ca.crt"))
        #expect(clear?.detail.hasSuffix("could not agree on TLS") == true)
        #expect(try await mail(server, .required, authorities: secure.scratch.path("ca.crt")) == nil)
    }

    @Test("a mail server with which no way to sign in is shared is told from one that wants nobody to")
    func signIn() async throws {
        let foreign = try await MailServer("--user", "courier:hunter2", "--mechanism", "FOREIGN")
        for (server, text) in [(foreign, "did not accept the user and password"), (try await MailServer(), nil)] {
            let found = try await mail("127.0.0.1:\(server.port)") {
                $0.credentials = SMTPSettings.Credentials(user: "courier", password: "hunter2")
            }
            #expect(found?.detail == text.map { "the mail server 127.0.0.1:\(server.port) \($0)" })
        }
    }

    @Test("a gateway that is not known, is silent or speaks no TLS is named with that")
    func gateway() async throws {
        #expect(await text("https://gateway.invalid/") == "the gateway is not known by that name")
        let silent = try SilentServer()
        let late = await text("https://127.0.0.1:\(silent.port)/", timeout: Self.patience)
        #expect(late == "the gateway did not answer in time")
        let clear = try await HTTPGateway()
        let secure = clear.url.replacing("http://", with: "https://")
        #expect(await text(secure) == "the gateway could not agree on TLS")
        let unreadable = await text(secure, authorities: "/nowhere/ca.crt")
        #expect(unreadable == "the gateway cannot be verified: the CA file cannot be read")
        #expect(await text("gopher://127.0.0.1/") == "the gateway has an address that libcurl does not take")
        let long = await text(secure, authorities: Self.tooLong)
        #expect(long == "libcurl does not take the settings for the gateway")
    }
}
