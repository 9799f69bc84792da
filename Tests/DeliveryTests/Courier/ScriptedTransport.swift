import SelfService
import Synchronization

/// Answers as the test says, hangs where it says so, and remembers who came.
final class ScriptedTransport: MessageTransport {
    private struct State {
        var answers: [TransportError?] = []
        var hanging: Set<Channel> = []
        var waiting: [CheckedContinuation<Void, Never>] = []
        var seen: [String] = []
        var references: [String] = []
        var mostAtOnce = 0
        var inside: [Channel: Int] = [:]
    }

    private let state = Mutex(State())

    /// The destinations in the order in which they came.
    var seen: [String] { state.withLock { $0.seen } }
    var mostAtOnce: Int { state.withLock { $0.mostAtOnce } }

    /// Answers for the next calls; after them every call succeeds.
    func answer(_ answers: TransportError?...) { state.withLock { $0.answers = answers } }

    func hang(_ channel: Channel) { state.withLock { _ = $0.hanging.insert(channel) } }

    func release() {
        let waiting = state.withLock { state in
            state.hanging = []
            defer { state.waiting = [] }
            return state.waiting
        }
        for one in waiting { one.resume() }
    }

    /// The references in the order in which they came.
    var references: [String] { state.withLock { $0.references } }

    func deliver(_ message: OutgoingMessage, reference: String) async throws(TransportError) {
        let answer: TransportError? = state.withLock { state in
            state.seen.append(message.to)
            state.references.append(reference)
            state.inside[message.channel, default: 0] += 1
            state.mostAtOnce = max(state.mostAtOnce, state.inside[message.channel] ?? 0)
            return state.answers.isEmpty ? nil : state.answers.removeFirst()
        }
        await withCheckedContinuation { continuation in
            let hangs = state.withLock { state in
                guard state.hanging.contains(message.channel) else { return false }
                state.waiting.append(continuation)
                return true
            }
            if !hangs { continuation.resume() }
        }
        state.withLock { $0.inside[message.channel, default: 1] -= 1 }
        if let answer { throw answer }
    }
}
