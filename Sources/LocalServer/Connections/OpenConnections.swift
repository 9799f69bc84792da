import NIOCore
import Synchronization

/// The connections of a socket, so that a stop can reach them.
final class OpenConnections: Sendable {
    private struct State {
        var channels: [ObjectIdentifier: any Channel] = [:]
        var isStopping = false
    }

    private let state = Mutex(State())

    func add(_ channel: any Channel) {
        let id = ObjectIdentifier(channel)
        let isStopping = state.withLock { state in
            state.channels[id] = channel
            return state.isStopping
        }
        channel.closeFuture.whenComplete { [weak self] _ in
            _ = self?.state.withLock { $0.channels.removeValue(forKey: id) }
        }
        if isStopping { Self.quiesce(channel) }
    }

    /// Idle connections close now, busy ones after their answer.
    func quiesce() {
        let channels = state.withLock { state in
            state.isStopping = true
            return Array(state.channels.values)
        }
        for channel in channels { Self.quiesce(channel) }
    }

    /// Returns once all connections are closed; those that are not by then are closed hard.
    func drain(within limit: Duration) async {
        let end = ContinuousClock.now + limit
        while .now < end, state.withLock({ !$0.channels.isEmpty }) {
            try? await Task.sleep(for: Self.look)
        }
        let channels = state.withLock { Array($0.channels.values) }
        for channel in channels { channel.close(promise: nil) }
    }

    /// How often `drain` looks.
    private static let look: Duration = .milliseconds(10)

    /// Hummingbird's connection handler understands this event.
    private static func quiesce(_ channel: any Channel) {
        channel.pipeline.fireUserInboundEventTriggered(ChannelShouldQuiesceEvent())
    }
}
