import LocalAPI
import NIOCore
import NIOHTTP1

/// Stands behind the HTTP decoder of one connection: bounds how long a request may take to arrive and an
/// answer to be taken, answers what is not HTTP with a problem document, and lets a first request come before a stop.
final class RequestGuard: ChannelDuplexHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart
    typealias OutboundIn = HTTPServerResponsePart
    typealias OutboundOut = HTTPServerResponsePart

    private let limits: ConnectionLimits
    private var unanswered = 0
    private var hasBegun = false
    /// Ends the patience of a stop with whoever has connected and asked nothing yet.
    private var stop: Scheduled<Void>?
    private var requestDeadline: Scheduled<Void>?
    private var responseDeadline: Scheduled<Void>?
    /// Parts of an answer that were written and not taken yet.
    private var untaken = 0

    init(limits: ConnectionLimits) { self.limits = limits }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head:
            unanswered += 1
            hasBegun = true
            startRequestDeadline(context)
        case .body: break
        case .end: requestDeadline?.cancel()
        }
        context.fireChannelRead(data)
        stopWhenAnswered(context)
    }

    /// Whoever connected just before a stop has sent a request that nobody has read yet, and would be cut off.
    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        guard event is ChannelShouldQuiesceEvent, !hasBegun else {
            context.fireUserInboundEventTriggered(event)
            return
        }
        let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
        stop = context.eventLoop.scheduleTask(in: TimeAmount(limits.firstRequest)) {
            bound.value.fireUserInboundEventTriggered(ChannelShouldQuiesceEvent())
        }
    }

    private func stopWhenAnswered(_ context: ChannelHandlerContext) {
        guard let stop else { return }
        self.stop = nil
        stop.cancel()
        context.fireUserInboundEventTriggered(ChannelShouldQuiesceEvent())
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        if case .end = unwrapOutboundIn(data) { unanswered -= 1 }
        let written = promise ?? context.eventLoop.makePromise()
        if untaken == 0 { startResponseDeadline(context) }
        untaken += 1
        let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
        written.futureResult.assumeIsolated().whenComplete { _ in self.taken(bound.value) }
        context.write(data, promise: written)
    }

    /// An answer may go on for ever; each part of it has to be taken in time.
    private func taken(_ context: ChannelHandlerContext) {
        untaken -= 1
        responseDeadline?.cancel()
        if untaken > 0 { startResponseDeadline(context) }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard let parserError = error as? HTTPParserError else { return context.fireErrorCaught(error) }
        // Whatever comes after the last request is nothing to answer (RFC 9112, 9.6); its own answer is on its way.
        if parserError == .closedConnection { return }
        guard unanswered == 0 else { return context.fireErrorCaught(error) }
        refuse(parserError, context: context)
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        requestDeadline?.cancel()
        responseDeadline?.cancel()
        stop?.cancel()
    }

    private func startRequestDeadline(_ context: ChannelHandlerContext) {
        requestDeadline?.cancel()
        let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
        requestDeadline = context.eventLoop.scheduleTask(in: TimeAmount(limits.request)) {
            bound.value.fireErrorCaught(SlowRequest())
        }
    }

    private func startResponseDeadline(_ context: ChannelHandlerContext) {
        responseDeadline?.cancel()
        let channel = context.channel
        responseDeadline = context.eventLoop.scheduleTask(in: TimeAmount(limits.response)) {
            channel.close(promise: nil)
        }
    }

    /// Nothing is being answered, so that this answer is in nobody's way.
    private func refuse(_ error: HTTPParserError, context: ChannelHandlerContext) {
        let refusal = error == .headerOverflow ? Refusal.headersTooLarge : Refusal.notHTTP
        let body = (try? APIJSON.encode(refusal.problem)).map { ByteBuffer(bytes: $0) } ?? ByteBuffer()
        var headers = HTTPHeaders([("content-type", Problem.contentType), ("cache-control", "no-store")])
        headers.add(name: "content-length", value: String(body.readableBytes))
        headers.add(name: "connection", value: "close")
        let head = HTTPResponseHead(
            version: .http1_1,
            status: HTTPResponseStatus(statusCode: refusal.problem.status),
            headers: headers
        )
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        context.write(wrapOutboundOut(.body(.byteBuffer(body))), promise: nil)
        let channel = context.channel
        context.writeAndFlush(wrapOutboundOut(.end(nil))).whenComplete { _ in channel.close(promise: nil) }
    }
}

/// A request did not arrive in time.
struct SlowRequest: Error {}
