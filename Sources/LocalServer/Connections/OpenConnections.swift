import NIOCore
import Synchronization

/// The connections of a socket, so that a stop can reach them.
final class OpenConnections: Sendable {
    private struct State {
        var channels: [ObjectIdentifier: any Channel] = [:]
        /// Accepted, and not yet given to whom reads their requests.
        var arriving: Set<ObjectIdentifier> = []
        var isStopping = false
        /// What is done once nobody arrives any more.
        var stop: (@Sendable () -> Void)?

        mutating func takeStop() -> (@Sendable () -> Void)? {
            guard arriving.isEmpty else { return nil }
            defer { stop = nil }
            return stop
        }
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

    func arrives(_ channel: any Channel) {
        _ = state.withLock { $0.arriving.insert(ObjectIdentifier(channel)) }
        channel.closeFuture.whenComplete { [weak self] _ in self?.isTaken(channel) }
    }

    func isTaken(_ channel: any Channel) {
        let stop = state.withLock { state in
            state.arriving.remove(ObjectIdentifier(channel))
            return state.takeStop()
        }
        stop?()
    }

    /// Once all that were accepted are taken, `closing` is called; then idle connections close, busy ones after their
    /// answer, and new ones after their first (``RequestGuard``).
    func quiesce(closing: @escaping @Sendable () -> Void) {
        let stop = state.withLock { state in
            state.stop = { [weak self] in
                closing()
                self?.quiesce()
            }
            return state.takeStop()
        }
        stop?()
    }

    private func quiesce() {
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
