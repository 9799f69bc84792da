import Delivery
import Foundation
import LatchkeyTesting
import SelfService
import Testing

@Suite struct HTTPTransportTests {
    private let message = OutgoingMessage(
        channel: .text,
        via: .text,
        to: "+12025550142",
        body: "4711 is “your” code\n",
        code: "4711"
    )

    private func transport(
        _ url: String,
        token: String? = "gateway-token-hunter2",
        authorities: String? = nil,
        timeout: Duration = .seconds(20)
    ) -> HTTPTransport {
        HTTPTransport(
            HTTPSettings(url: url, token: token, certificateAuthorities: authorities, totalTimeout: timeout)
        )
    }

    private func failure(_ transport: HTTPTransport) async throws -> TransportError {
        let error = try await withDeadline {
            await #expect(throws: TransportError.self) { try await transport.deliver(message) }
        }
        let found = try #require(error)
        for secret in ["2025550142", "4711", "hunter2"] { #expect(!found.detail.contains(secret)) }
        return found
    }

    @Test("a message arrives as JSON, with its token and a key that names it")
    func delivery() async throws {
        let gateway = try await HTTPGateway()
        try await transport(gateway.url).deliver(message, reference: "ref-1")
        let request = try #require(try gateway.request())
        #expect(request.path == "/send")
        #expect(request.headers["content-type"] == "application/json")
        #expect(request.headers["idempotency-key"] == "ref-1")
        #expect(request.headers["authorization"] == "Bearer gateway-token-hunter2")
        let document = try #require(
            try JSONSerialization.jsonObject(with: Data(request.body.utf8)) as? [String: String]
        )
        let expected = [
            "kind": "text", "via": "text", "to": "+12025550142", "body": "4711 is “your” code\n", "code": "4711",
            "idempotencyKey": "ref-1",
        ]
        #expect(document == expected)
    }

    @Test("each attempt at one message has the same key")
    func idempotency() async throws {
        let gateway = try await HTTPGateway("--status", "503")
        let error = await #expect(throws: TransportError.self) {
            try await transport(gateway.url).deliver(message, reference: "ref-2")
        }
        #expect(error?.isTemporary == true)
        try await transport(gateway.url).deliver(message, reference: "ref-2")
        let keys = try (1...2).map { try gateway.request($0)?.headers["idempotency-key"] }
        #expect(keys == ["ref-2", "ref-2"])
    }

    @Test(
        "what passes is tried again, what does not is refused",
        arguments: [
            (200, nil), (201, nil), (204, nil), (301, false), (302, false), (400, false), (401, true), (403, false),
            (404, false), (408, true), (409, true), (413, false), (422, false), (425, true), (429, true), (500, true),
            (502, true), (503, true),
        ] as [(Int, Bool?)]
    )
    func statuses(_ status: Int, _ isTemporary: Bool?) async throws {
        let gateway = try await HTTPGateway("--status", "\(status)")
        guard let isTemporary else { return try await transport(gateway.url).deliver(message) }
        let error = try await failure(transport(gateway.url))
        #expect(error.isTemporary == isTemporary)
        #expect(error.detail.contains("\(status)"))
    }

    @Test("a gateway that asks to wait is told to the courier")
    func retryAfter() async throws {
        let gateway = try await HTTPGateway("--status", "429", "--retry-after", "17")
        #expect(try await failure(transport(gateway.url)).retryAfter == 17)
    }

    @Test("a redirect is not followed: the code goes to the configured gateway only")
    func redirect() async throws {
        let other = try await HTTPGateway()
        for status in ["302", "307", "308"] {
            let gateway = try await HTTPGateway("--status", status, "--location", other.url)
            #expect(try await failure(transport(gateway.url)).detail.contains("not followed"))
        }
        #expect(try other.request() == nil)
    }

    @Test("over TLS the certificate is checked, and a wrong one gets neither token nor code")
    func certificates() async throws {
        let gateway = try await HTTPGateway(tls: true)
        let wrong = try await failure(transport(gateway.url, authorities: gateway.scratch.path("other.crt")))
        #expect(wrong.isTemporary && wrong.detail.contains("not trusted"))
        let system = try await failure(transport(gateway.url))
        #expect(system.detail.contains("not trusted"))
        #expect(try gateway.request() == nil)
        try await transport(gateway.url, authorities: gateway.scratch.path("ca.crt")).deliver(message)
        #expect(try gateway.request()?.headers["authorization"] != nil)
    }

    @Test("a gateway that stays silent, breaks off or is not there is a temporary error")
    func silence() async throws {
        let silent = try await HTTPGateway("--silent")
        let late = try await failure(transport(silent.url, timeout: .milliseconds(300)))
        #expect(late.isTemporary && late.detail.contains("in time"))
        let absent = try await failure(transport("http://127.0.0.1:\(try RefusedPort.make())/"))
        #expect(absent.isTemporary && absent.detail.contains("cannot be reached"))
    }

    @Test("neither the environment's proxy nor a line end in the token leads anywhere else")
    func headers() async throws {
        let gateway = try await HTTPGateway()
        let error = try await failure(transport(gateway.url, token: "a\r\nX-Other: hunter2"))
        #expect(error.detail.contains("does not take the settings"))
        #expect(try gateway.request() == nil)
    }

    @Test("settings with a token do not show it")
    func settingsAreMute() {
        let settings = HTTPSettings(url: "https://gateway.example/", token: "hunter2")
        var dumped = ""
        dump(settings, to: &dumped)
        #expect(!"\(settings) \(String(reflecting: settings)) \(dumped)".contains("hunter2"))
    }
}
