import Foundation

/// `http_gateway.py` on a port of its own, with a CA of its own where it speaks TLS.
package final class HTTPGateway: Sendable {
    /// What somebody sent.
    package struct Received: Decodable, Sendable {
        package var path: String
        /// Names in lower case.
        package var headers: [String: String]
        package var body: String
    }

    package let scratch: ScratchDirectory
    package let url: String
    private let process: ChildProcess

    /// - Parameter options: further options of the script.
    package init(tls: Bool = false, _ options: String...) async throws {
        let scratch = try ScratchDirectory()
        if tls { try await ServerCertificates.make(in: scratch) }
        let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("http_gateway.py")
        let certificates = tls ? ["--tls", scratch.path("server.crt"), scratch.path("server.key")] : []
        process = try await ChildProcess(
            "/usr/bin/python3",
            [script.path, scratch.url.path] + certificates + options,
            output: scratch.url.appendingPathComponent("log")
        )
        try await eventually("the gateway listens: \(scratch.text("log") ?? "")") { scratch.text("port") != nil }
        guard let port = scratch.text("port") else { throw TestError("no port") }
        self.scratch = scratch
        url = "\(tls ? "https" : "http")://127.0.0.1:\(port)/send"
    }

    deinit { process.signal(9) }

    /// A request by its number, or nil before it came.
    package func request(_ number: Int = 1) throws -> Received? {
        try scratch.text("request-\(number)").map { try JSONDecoder().decode(Received.self, from: Data($0.utf8)) }
    }

    /// Waits for a request and reads the message in it.
    package func message(_ number: Int = 1) async throws -> SpooledMessage {
        try await eventually("request \(number) comes") { try self.request(number) != nil }
        guard let body = try request(number)?.body else { throw TestError("request \(number) is gone") }
        return try JSONDecoder().decode(SpooledMessage.self, from: Data(body.utf8))
    }
}
