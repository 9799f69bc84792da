import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdCore
import LocalAPI
import Logging
import NIOCore
import NIOHTTP1

/// One connection's requests, one after the other: reads the body, asks the router, writes the answer.
struct SocketResponder: Sendable {
    let router: RouterResponder<SocketContext>
    let limits: ConnectionLimits
    let logger: Logger

    init(router: Router<SocketContext>, limits: ConnectionLimits, logger: Logger) {
        self.router = router.buildResponder()
        self.limits = limits
        self.logger = logger
    }

    /// - Throws: whatever should end the connection.
    func respond(to request: Request, writer: consuming ResponseWriter, channel: any Channel) async throws {
        var refusal = unacceptable(request.headers)
        if refusal == nil, request.headers[.expect] != nil {
            try await writer.writeInformationalHead(HTTPResponse(status: .continue))
        }
        var body = request.body.makeAsyncIterator()
        var received = ByteBuffer()
        if refusal == nil { refusal = try await collect(&body, into: &received) }
        guard let refusal else {
            let whole = Request(head: request.head, body: RequestBody(buffer: received))
            var response = await answer(whole, channel: channel)
            let isLast = Self.isLast(request)
            if isLast { response.headers[.connection] = "close" }
            let isBare = request.method == .head
            try await writer.write(response: response.head, body: isBare ? ResponseBody() : response.body)
            if isLast { throw ConnectionEnds() }
            return
        }
        // Answered at once, for those who look while they send; then read on, for those who look afterwards.
        var response = refusal.response()
        response.headers[.connection] = "close"
        try await writer.write(response: response.head, body: response.body)
        try await drop(&body)
        throw ConnectionEnds()
    }

    private func answer(_ request: Request, channel: any Channel) async -> Response {
        let context = SocketContext(source: ApplicationRequestContextSource(channel: channel, logger: logger))
        do {
            return try await router.respond(to: request, context: context)
        } catch {
            // The middleware turns every error into an answer; this is for what it may overlook.
            logger.error("A request failed.", metadata: ["error": "\(type(of: error))"])
            return Refusal.internalFailure.response()
        }
    }

    /// Whether the caller wants to send nothing more. The connection is closed after the answer, and who is not told so
    /// may send the next request into the closing (RFC 9112, 9.6).
    private static func isLast(_ request: Request) -> Bool {
        let options = request.headers[.connection]?.split(separator: ",") ?? []
        return options.contains { $0.trimmingCharacters(in: .whitespaces).lowercased() == "close" }
    }

    /// What can be refused before a byte of the body was read.
    private func unacceptable(_ headers: HTTPFields) -> Refusal? {
        if let text = headers[.contentLength], let length = Int(text), length > limits.body {
            return .bodyTooLarge(limits.body)
        }
        if let expectation = headers[.expect], expectation.lowercased() != "100-continue" {
            return .unknownExpectation
        }
        return nil
    }

    /// - Returns: what is wrong with the body, or nil once all of it is there.
    private func collect(
        _ body: inout RequestBody.AsyncIterator,
        into received: inout ByteBuffer
    ) async throws -> Refusal? {
        do {
            while var part = try await body.next() {
                guard received.readableBytes + part.readableBytes <= limits.body else {
                    return .bodyTooLarge(limits.body)
                }
                received.writeBuffer(&part)
            }
            return nil
        } catch is SlowRequest {
            return .tooSlow
        } catch is HTTPParserError {
            return .notHTTP
        }
    }

    private func drop(_ body: inout RequestBody.AsyncIterator) async throws {
        var dropped = 0
        while dropped < limits.dropped, let part = try await body.next() { dropped += part.readableBytes }
    }
}

/// Thrown to close a connection after its last answer.
struct ConnectionEnds: Error {}
