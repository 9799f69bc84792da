package import Foundation
import NIOCore
import NIOHTTP1
import NIOPosix

/// The sockets' other end: one connection, HTTP/1.1, requests answered in the order in which they were sent.
package final class LocalConnection: Sendable {
    /// How long an answer may take: longer than the daemon lets anybody wait.
    package static let defaultTimeout: Duration = .seconds(60)

    package let socketPath: String
    private let channel: any Channel
    private let timeout: Duration

    private init(channel: any Channel, socketPath: String, timeout: Duration) {
        self.channel = channel
        self.socketPath = socketPath
        self.timeout = timeout
    }

    /// - Throws: ``LocalClientError`` of code `unreachable`.
    package static func connect(
        socketPath: String,
        timeout: Duration = defaultTimeout
    ) async throws -> LocalConnection {
        do {
            let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .channelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        let pipeline = channel.pipeline.syncOperations
                        try pipeline.addHTTPClientHandlers()
                        try pipeline.addHandler(ResponseCollector(socketPath: socketPath))
                    }
                }
                .connect(unixDomainSocketPath: socketPath)
                .get()
            return LocalConnection(channel: channel, socketPath: socketPath, timeout: timeout)
        } catch {
            throw LocalClientError(.unreachable, socketPath: socketPath, detail: Self.reason(error))
        }
    }

    /// Sends one request and waits for the whole answer, whatever its status.
    /// - Parameters:
    ///   - path: with its query, percent-encoded.
    ///   - token: a bearer token.
    /// - Throws: ``LocalClientError``.
    package func send(
        _ method: String,
        _ path: String,
        token: String? = nil,
        headers: [(String, String)] = [],
        body: Data? = nil
    ) async throws -> LocalResponse {
        var fields = HTTPHeaders([("host", "localhost")] + headers)
        if let token { fields.add(name: "authorization", value: "Bearer \(token)") }
        if let body {
            if !fields.contains(name: "content-type") { fields.add(name: "content-type", value: "application/json") }
            fields.add(name: "content-length", value: String(body.count))
        }
        let head = HTTPRequestHead(version: .http1_1, method: HTTPMethod(rawValue: method), uri: path, headers: fields)
        let promise = channel.eventLoop.makePromise(of: LocalResponse.self)
        let request = PendingRequest(head: head, body: body.map { ByteBuffer(bytes: $0) }, promise: promise)
        let failure = LocalClientError(.timeout, socketPath: socketPath, detail: "The daemon did not answer in time.")
        let deadline = channel.eventLoop.scheduleTask(in: TimeAmount(timeout)) { promise.fail(failure) }
        let closed = LocalClientError(.closed, socketPath: socketPath, detail: "The daemon ended the connection.")
        channel.writeAndFlush(request).whenFailure { _ in promise.fail(closed) }
        defer { deadline.cancel() }
        return try await promise.futureResult.get()
    }

    package func close() async {
        try? await channel.close().get()
    }

    static func reason(_ error: any Error) -> String {
        guard let error = error as? IOError else { return "Nobody listens there." }
        switch error.errnoCode {
        case ENOENT: return "There is no socket there."
        case ECONNREFUSED: return "Nobody listens there."
        case EACCES, EPERM: return "You may not connect to it."
        default: return unsafe "It cannot be reached: \(String(cString: strerror(error.errnoCode)))."
        }
    }
}
