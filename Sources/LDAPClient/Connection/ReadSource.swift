import Dispatch
import Glibc

/// Tells when a socket has something to read, and costs nothing while it has not.
///
/// Watches a duplicate of the socket, because a dispatch source must not outlive its descriptor.
struct ReadSource {
    private let source: any DispatchSourceRead
    private var isPaused = false

    init(_ socket: Int32, queue: DispatchQueue, onReadable: @escaping @Sendable () -> Void) throws(LDAPError) {
        let duplicate = fcntl(socket, F_DUPFD_CLOEXEC, 0)
        guard duplicate >= 0 else {
            throw LDAPError(.localError, operation: "connect", diagnostic: unsafe String(cString: strerror(errno)))
        }
        source = DispatchSource.makeReadSource(fileDescriptor: duplicate, queue: queue)
        source.setEventHandler(handler: onReadable)
        source.setCancelHandler { close(duplicate) }
        source.activate()
    }

    mutating func pause() {
        if !isPaused { source.suspend() }
        isPaused = true
    }

    mutating func resume() {
        if isPaused { source.resume() }
        isPaused = false
    }

    /// A suspended source must be resumed before it goes (dispatch_source_cancel(3)).
    mutating func cancel() {
        resume()
        source.cancel()
    }
}
