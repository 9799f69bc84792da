import Foundation
import NIOCore
import NIOHTTP1

/// A request on its way through the connection.
struct PendingRequest: Sendable {
    var head: HTTPRequestHead
    var body: ByteBuffer?
    var promise: EventLoopPromise<LocalResponse>
}

/// Puts the parts of each answer together and hands it to the request that waits longest.
final class ResponseCollector: ChannelDuplexHandler {
    typealias InboundIn = HTTPClientResponsePart
    typealias OutboundIn = PendingRequest
    typealias OutboundOut = HTTPClientRequestPart

    /// Bytes of an answer. A page of a thousand people has less than one MiB.
    private static let answerLimit = 64 * 1024 * 1024

    private let socketPath: String
    private var waiting = CircularBuffer<EventLoopPromise<LocalResponse>>()
    private var head: HTTPResponseHead?
    private var body = ByteBuffer()

    init(socketPath: String) { self.socketPath = socketPath }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        let request = unwrapOutboundIn(data)
        waiting.append(request.promise)
        context.write(wrapOutboundOut(.head(request.head)), promise: nil)
        if let body = request.body { context.write(wrapOutboundOut(.body(.byteBuffer(body))), promise: nil) }
        context.write(wrapOutboundOut(.end(nil)), promise: promise)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head): self.head = head
        case .body(var part):
            guard body.readableBytes + part.readableBytes <= Self.answerLimit else {
                end(context, .tooLarge, "The daemon's answer is too large.")
                return
            }
            body.writeBuffer(&part)
        case .end: finish()
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        fail(LocalClientError(.closed, socketPath: socketPath, detail: "The daemon ended the connection."))
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        if error is HTTPParserError {
            end(context, .malformed, "What answers there does not speak HTTP.")
        } else {
            end(context, .closed, "The connection to the daemon broke.")
        }
    }

    private func finish() {
        guard let head, let promise = waiting.popFirst() else { return }
        var headers: [String: String] = [:]
        for field in head.headers { headers[field.name.lowercased()] = field.value }
        let response = LocalResponse(
            status: Int(head.status.code),
            headers: headers,
            body: Data(body.readableBytesView)
        )
        self.head = nil
        body = ByteBuffer()
        promise.succeed(response)
    }

    private func end(_ context: ChannelHandlerContext, _ code: LocalClientError.Code, _ detail: String) {
        fail(LocalClientError(code, socketPath: socketPath, detail: detail))
        context.close(promise: nil)
    }

    private func fail(_ error: LocalClientError) {
        while let promise = waiting.popFirst() { promise.fail(error) }
    }
}
