import Dispatch
import Glibc
import Synchronization

/// Ends a blocking exchange on a socket from outside: at its deadline, or when the task is cancelled.
///
/// libldap 2.5 offers no TLS handshake that both ends in time and costs no CPU (ITS#8047). So the handshake
/// blocks on the connection's own queue, and `shutdown(2)` from another thread wakes it.
final class SocketGuard: Sendable {
    enum Verdict: Sendable {
        case inTime, deadlinePassed, cancelled
    }

    private struct State {
        /// A duplicate of the socket, so that its number cannot have been given to somebody else.
        var descriptor: Int32?
        var verdict = Verdict.inTime
    }

    private let state = Mutex(State())

    var verdict: Verdict { state.withLock { $0.verdict } }

    /// Watches this socket from now on. If the verdict is already spoken, it is shut down at once.
    func watch(_ socket: Int32, until deadline: ContinuousClock.Instant) {
        state.withLock { state in
            state.descriptor = fcntl(socket, F_DUPFD_CLOEXEC, 0)
            if state.verdict != .inTime { Self.shutDown(&state) }
        }
        DispatchQueue.global().asyncAfter(deadline: .now() + deadline.secondsFromNow) { [weak self] in
            self?.end(.deadlinePassed)
        }
    }

    func cancel() { end(.cancelled) }

    /// The exchange is over: nothing can end it from outside any more.
    func release() {
        state.withLock { state in
            if let descriptor = state.descriptor { close(descriptor) }
            state.descriptor = nil
        }
    }

    private func end(_ verdict: Verdict) {
        state.withLock { state in
            guard state.verdict == .inTime else { return }
            state.verdict = verdict
            Self.shutDown(&state)
        }
    }

    private static func shutDown(_ state: inout State) {
        guard let descriptor = state.descriptor else { return }
        shutdown(descriptor, Int32(SHUT_RDWR))
        close(descriptor)
        state.descriptor = nil
    }

    deinit { release() }
}

extension ContinuousClock.Instant {
    /// Never negative.
    var secondsFromNow: Double {
        let left = ContinuousClock.now.duration(to: self).components
        return max(0, Double(left.seconds) + Double(left.attoseconds) / 1e18)
    }

    var millisecondsFromNow: Int32 {
        Int32(min((secondsFromNow * 1000).rounded(.up), Double(Int32.max)))
    }
}
