import NIOCore

/// Stands before a listening socket's other handlers: notes each connection as it is accepted, and at a stop accepts no
/// more. The socket closes once all that were accepted are in good hands, since one that nobody took would be cut off.
final class Acceptance: ChannelDuplexHandler {
    typealias InboundIn = any Channel
    typealias OutboundIn = Never

    private let connections: OpenConnections
    private var hasEnded = false

    init(connections: OpenConnections) { self.connections = connections }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        connections.arrives(unwrapInboundIn(data))
        context.fireChannelRead(data)
    }

    /// Who connects after the end waits in the kernel's queue, for the next daemon.
    func read(context: ChannelHandlerContext) {
        if !hasEnded { context.read() }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        guard event is ChannelShouldQuiesceEvent else {
            context.fireUserInboundEventTriggered(event)
            return
        }
        hasEnded = true
        let (channel, connections) = (context.channel, connections)
        channel.setOption(.autoRead, value: false).whenComplete { _ in
            connections.quiesce { channel.close(promise: nil) }
        }
    }
}
