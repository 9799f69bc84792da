import LocalClient
import Testing

@Suite("A connection's last request")
struct LastRequestTests {
    @Test(
        "is told so, is answered, and nothing after it is",
        arguments: ["close", "Close", "keep-alive, close"],
        [true, false]
    )
    func last(option: String, isAtOnce: Bool) async throws {
        try await TestSockets.serve { sockets in
            let path = sockets.frontendPath
            let answers = try await onThread {
                let connection = try RawConnection(path: path)
                defer { connection.end() }
                let first = "GET /health HTTP/1.1\r\nHost: x\r\nConnection: \(option)\r\n\r\n"
                let second = "GET /ready HTTP/1.1\r\nHost: x\r\n\r\n"
                connection.send(isAtOnce ? first + second : first)
                let answer = isAtOnce ? "" : connection.receive(until: "\r\n\r\n")
                if !isAtOnce { connection.send(second) }
                return answer + connection.receive()
            }
            #expect(answers.hasPrefix("HTTP/1.1 200 OK\r\n"))
            #expect(answers.lowercased().contains("\r\nconnection: close\r\n"))
            #expect(answers.split(separator: "HTTP/1.1 ").count == 1, "\(answers)")
        }
    }

    @Test("is not any other, and the connection stays")
    func other() async throws {
        try await TestSockets.serve { sockets in
            for _ in 0..<3 {
                let answer = try await sockets.client.send("GET", "/health")
                #expect(answer.status == 200 && answer.headers["connection"] == nil)
            }
        }
    }
}
