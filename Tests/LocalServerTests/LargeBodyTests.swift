import Foundation
import LatchkeyTesting
import LocalClient
import LocalServer
import Testing

@Suite("Large bodies")
struct LargeBodyTests {
    private static let megabyte = [UInt8](repeating: UInt8(ascii: "x"), count: 1 << 20)
    private static let head = "POST /v1/sign-ins HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"

    @Test("100 MB with a length are answered readably by 413, whoever reads only afterwards")
    func withLength() async throws {
        try await TestSockets.serve { sockets in
            let path = sockets.frontendPath
            let answer = try await onThread {
                let connection = try RawConnection(path: path)
                defer { connection.end() }
                connection.send(Self.head + "Content-Length: \(100 << 20)\r\n\r\n")
                let sent = (1...100).allSatisfy { _ in connection.send(Self.megabyte) }
                #expect(sent)
                return connection.receive()
            }
            #expect(answer.hasPrefix("HTTP/1.1 413 "))
            #expect(answer.contains("/problems/body-too-large"))
            #expect(await sockets.frontend.calls.isEmpty)
        }
    }

    @Test("100 MB in chunks are answered readably by 413")
    func chunked() async throws {
        try await TestSockets.serve { sockets in
            let path = sockets.frontendPath
            let answer = try await onThread {
                let connection = try RawConnection(path: path)
                defer { connection.end() }
                connection.send(Self.head + "Transfer-Encoding: chunked\r\n\r\n")
                let chunk = Array("100000\r\n".utf8) + Self.megabyte + [13, 10]
                let sent = (1...100).allSatisfy { _ in connection.send(chunk) }
                #expect(sent)
                connection.send("0\r\n\r\n")
                return connection.receive()
            }
            #expect(answer.hasPrefix("HTTP/1.1 413 "))
            #expect(answer.contains("/problems/body-too-large"))
        }
    }

    @Test("who asks before sending 100 MB is told 413 and not to go on")
    func expectation() async throws {
        try await TestSockets.serve { sockets in
            let path = sockets.frontendPath
            let answer = try await onThread {
                let connection = try RawConnection(path: path)
                defer { connection.end() }
                connection.send(Self.head + "Expect: 100-continue\r\nContent-Length: \(100 << 20)\r\n\r\n")
                return connection.receive(until: "body-too-large")
            }
            #expect(answer.hasPrefix("HTTP/1.1 413 "))
        }
    }

    @Test("who asks before sending a small body is told to go on")
    func smallExpectation() async throws {
        try await TestSockets.serve { sockets in
            let path = sockets.frontendPath
            let body = #"{"login":"alice","password":"\#(SamplePeople.password)"}"#
            let answers = try await onThread {
                let connection = try RawConnection(path: path)
                defer { connection.end() }
                connection.send(Self.head + "Expect: 100-continue\r\nContent-Length: \(body.utf8.count)\r\n\r\n")
                let first = connection.receive(until: "\r\n\r\n")
                connection.send(body)
                return [first, connection.receive(until: "\"token\"")]
            }
            #expect(answers[0].hasPrefix("HTTP/1.1 100 "))
            #expect(answers[1].hasPrefix("HTTP/1.1 201 "))
        }
    }

    @Test("what is not HTTP, and a head that is too large, get a problem document")
    func notHTTP() async throws {
        try await TestSockets.serve { sockets in
            let path = sockets.frontendPath
            let large = "GET /health HTTP/1.1\r\nX: \(String(repeating: "y", count: 40_000))\r\n\r\n"
            for (request, status) in [("\u{1}\u{2} nonsense\r\n\r\n", "400"), (large, "431")] {
                let answer = try await onThread {
                    let connection = try RawConnection(path: path)
                    defer { connection.end() }
                    connection.send(request)
                    return connection.receive()
                }
                #expect(answer.hasPrefix("HTTP/1.1 \(status) "))
                #expect(answer.contains("application/problem+json"))
            }
        }
    }

    @Test("a body that does not arrive in time is 408, and holds up nobody else")
    func slow() async throws {
        var options = TestSockets.Options()
        options.limits.request = .milliseconds(500)
        try await TestSockets.serve(options) { sockets in
            let path = sockets.frontendPath
            let connection = try RawConnection(path: path)
            connection.send(Self.head + "Content-Length: 20\r\n\r\n{")
            #expect(try await sockets.client.send("GET", "/health").status == 200)
            let answer = try await onThread { connection.receive() }
            connection.end()
            #expect(answer.hasPrefix("HTTP/1.1 408 "))
            #expect(answer.contains("/problems/request-timeout"))
        }
    }

    @Test("HEAD answers like GET without a body, and the connection goes on")
    func head() async throws {
        try await TestSockets.serve { sockets in
            let path = sockets.frontendPath
            let answer = try await onThread {
                let connection = try RawConnection(path: path)
                defer { connection.end() }
                connection.send(
                    "HEAD /health HTTP/1.1\r\nHost: x\r\n\r\nHEAD /v1/registration HTTP/1.1\r\nHost: x\r\n\r\n"
                )
                connection.send("GET /health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
                return connection.receive()
            }
            let answers = answer.components(separatedBy: "HTTP/1.1 ")
            #expect(answers.dropFirst().map { String($0.prefix(3)) } == ["200", "401", "200"])
            #expect(answer.components(separatedBy: #"{"status":"ok"}"#).count == 2)
        }
    }
}
