import Glibc
import Hummingbird
import HummingbirdCore
package import Logging
import NIOCore
import NIOHTTP1
import NIOPosix
import ServiceLifecycle

/// Serves one listening socket until the service group stops: then it accepts no more, lets what is in
/// flight end, and returns.
package struct SocketService: Service {
    private let socket: ListeningSocket
    private let responder: SocketResponder
    private let limits: ConnectionLimits
    private let logger: Logger

    package init(
        serving api: FrontendAPI,
        on socket: ListeningSocket,
        limits: ConnectionLimits = ConnectionLimits(),
        logger: Logger
    ) {
        self.init(api.router(limits: limits, logger: logger), on: socket, limits: limits, logger: logger)
    }

    package init(
        serving api: AdminAPI,
        on socket: ListeningSocket,
        limits: ConnectionLimits = ConnectionLimits(),
        logger: Logger
    ) {
        self.init(api.router(limits: limits, logger: logger), on: socket, limits: limits, logger: logger)
    }

    private init(_ router: Router<SocketContext>, on socket: ListeningSocket, limits: ConnectionLimits, logger: Logger)
    {
        self.socket = socket
        self.limits = limits
        self.logger = logger
        responder = SocketResponder(router: router, limits: limits, logger: logger)
    }

    package func run() async throws {
        let connections = OpenConnections()
        let http = makeHTTP()
        let server = try await listen(http, connections: connections)
        let logger = logger
        await withGracefulShutdownHandler {
            await withDiscardingTaskGroup { group in
                // An error here is the listening socket's end, as its closing is.
                try? await server.executeThenClose { inbound in
                    for try await connection in inbound {
                        connections.isTaken(connection.channel)
                        group.addTask { await http.handle(value: connection, logger: logger) }
                    }
                }
                await connections.drain(within: limits.shutdown)
                group.cancelAll()
            }
        } onGracefulShutdown: {
            stop(server.channel)
        }
    }

    private func makeHTTP() -> HTTP1Channel {
        let responder = responder
        return HTTP1Channel(
            responder: { request, writer, channel in
                try await responder.respond(to: request, writer: writer, channel: channel)
            },
            configuration: .init(
                idleTimeout: TimeAmount(limits.idle),
                httpDecoderConfiguration: .init(
                    maxHeaderFieldSize: limits.headers,
                    maxHeaderListSize: limits.headers,
                    maxHeaderFieldCount: limits.headerFields
                )
            )
        )
    }

    private func listen(
        _ http: HTTP1Channel,
        connections: OpenConnections
    ) async throws -> NIOAsyncChannel<HTTP1Channel.Value, Never> {
        let limits = limits
        let logger = logger
        return try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.backlog, value: ListeningSocket.backlog)
            .childChannelOption(.allowRemoteHalfClosure, value: true)
            .serverChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let pipeline = channel.pipeline.syncOperations
                    try pipeline.addHandler(Acceptance(connections: connections))
                    try pipeline.addHandler(AvailableConnectionsChannelHandler(maxConnections: limits.connections))
                }
            }
            .bind(socket.descriptor) { channel in
                http.setup(channel: channel, logger: logger).flatMapThrowing { value in
                    let pipeline = channel.pipeline.syncOperations
                    let decoder = try pipeline.handler(type: ByteToMessageHandler<HTTPRequestDecoder>.self)
                    try pipeline.addHandler(RequestGuard(limits: limits), position: .after(decoder))
                    connections.add(channel)
                    return value
                }
            }
    }

    /// The file goes first: as long as we listen, nobody else can have put theirs there.
    private func stop(_ server: any Channel) {
        if socket.ownsFile { unsafe unlink(socket.path) }
        server.pipeline.fireUserInboundEventTriggered(ChannelShouldQuiesceEvent())
    }
}
