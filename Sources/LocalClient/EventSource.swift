import Foundation
import LocalAPI
import NIOCore
import NIOHTTP1
import NIOPosix

/// Follows a feed of server-sent events on a connection of its own.
package struct EventSource: Sendable {
    package let socketPath: String

    package init(socketPath: String) { self.socketPath = socketPath }

    private typealias Channel = NIOAsyncChannel<HTTPClientResponsePart, HTTPClientRequestPart>

    /// Calls `take` for each event until it says that this was the last one. The daemon is not read faster than
    /// `take` returns.
    /// - Parameters:
    ///   - path: with its query, percent-encoded.
    ///   - lastEvent: the id of the last event of an earlier feed.
    /// - Throws: ``ProblemAnswer``; ``LocalClientError``, also when the daemon ends the feed; what `take` throws.
    package func follow(
        _ path: String,
        lastEvent: String? = nil,
        _ take: (ServerEvent) async throws -> Bool
    ) async throws {
        let channel = try await connect()
        var headers = HTTPHeaders([("host", "localhost"), ("accept", "text/event-stream")])
        if let lastEvent { headers.add(name: "last-event-id", value: lastEvent) }
        let head = HTTPRequestHead(version: .http1_1, method: .GET, uri: path, headers: headers)
        try await channel.executeThenClose { inbound, outbound in
            try await outbound.write(.head(head))
            try await outbound.write(.end(nil))
            try await read(inbound, take)
        }
    }

    private func connect() async throws -> Channel {
        do {
            return try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .connect(unixDomainSocketPath: socketPath) { channel in
                    channel.eventLoop.makeCompletedFuture {
                        try channel.pipeline.syncOperations.addHTTPClientHandlers()
                        return try Channel(wrappingChannelSynchronously: channel)
                    }
                }
        } catch {
            throw LocalClientError(.unreachable, socketPath: socketPath, detail: LocalConnection.reason(error))
        }
    }

    private func read(
        _ inbound: NIOAsyncChannelInboundStream<HTTPClientResponsePart>,
        _ take: (ServerEvent) async throws -> Bool
    ) async throws {
        var parser = EventParser()
        var refusal: Data?
        for try await part in inbound {
            switch part {
            case .head(let head): if head.status != .ok { refusal = Data() }
            case .body(let bytes):
                if refusal != nil {
                    refusal?.append(contentsOf: bytes.readableBytesView)
                    continue
                }
                for event in try events(bytes, &parser) { if try await !take(event) { return } }
            case .end: try end(refusal)
            }
        }
        throw ended
    }

    private func events(_ bytes: ByteBuffer, _ parser: inout EventParser) throws -> [ServerEvent] {
        do {
            return try parser.feed(bytes)
        } catch {
            throw LocalClientError(.tooLarge, socketPath: socketPath, detail: "An event of the daemon is too large.")
        }
    }

    private func end(_ refusal: Data?) throws {
        guard let refusal else { throw ended }
        guard let problem = try? APIJSON.decode(Problem.self, from: refusal) else {
            throw LocalClientError(.malformed, socketPath: socketPath, detail: "What answers there is not the daemon.")
        }
        throw ProblemAnswer(problem: problem, body: refusal)
    }

    private var ended: LocalClientError {
        LocalClientError(.closed, socketPath: socketPath, detail: "The daemon ended the feed.")
    }
}
