import Foundation
import Glibc
import Synchronization

/// A TCP server on 127.0.0.1 that does something wrong, and remembers every byte that it was sent.
package final class FaultServer: Sendable {
    package enum Behaviour: Sendable {
        /// Answers the first bytes with these, and then waits.
        case answers([UInt8])
        /// The same, and closes.
        case answersAndCloses([UInt8])
        /// Answers the first bytes with these, and everything after with those.
        case answersThen([UInt8], [UInt8])
        /// Sends these bytes again and again, one at a time with a pause: a slow-loris.
        case trickles([UInt8])
        /// Accepts and closes at once.
        case closes
    }

    package let port: UInt16
    private let listener: Int32
    private let seen = Seen()

    private final class Seen: Sendable {
        let bytes = Mutex<[[UInt8]]>([])
        let isClosed = Mutex(false)
    }

    package init(_ behaviour: Behaviour) throws {
        let socket = try LoopbackSocket.bound()
        guard listen(socket.descriptor, 16) == 0 else { throw TestError("cannot listen") }
        port = socket.port
        listener = dup(socket.descriptor)
        Thread.detachNewThread { [listener, seen] in
            while true {
                let connection = accept(listener, nil, nil)
                guard connection >= 0 else { return }
                let index = seen.bytes.withLock { all in
                    all.append([])
                    return all.count - 1
                }
                Thread.detachNewThread { Self.serve(connection, behaviour, seen, index) }
            }
        }
    }

    deinit {
        seen.isClosed.withLock { $0 = true }
        shutdown(listener, Int32(SHUT_RDWR))
        close(listener)
    }

    /// What each connection brought, in their order.
    package var received: [[UInt8]] { seen.bytes.withLock { $0 } }

    // MARK: One connection

    private static func serve(_ connection: Int32, _ behaviour: Behaviour, _ seen: Seen, _ index: Int) {
        defer { close(connection) }
        switch behaviour {
        case .closes: return
        case .answers(let bytes): converse(connection, bytes, [], seen, index)
        case .answersThen(let first, let rest): converse(connection, first, rest, seen, index)
        case .answersAndCloses(let bytes):
            guard read(connection, seen, index, milliseconds: -1) else { return }
            write(connection, bytes)
        case .trickles(let bytes): trickle(connection, bytes, seen, index)
        }
    }

    private static func converse(
        _ connection: Int32,
        _ first: [UInt8],
        _ rest: [UInt8],
        _ seen: Seen,
        _ index: Int
    ) {
        var answer = first
        while read(connection, seen, index, milliseconds: -1) {
            write(connection, answer)
            answer = rest
        }
    }

    /// Until the peer has had enough: it is what this server is for.
    private static func trickle(_ connection: Int32, _ bytes: [UInt8], _ seen: Seen, _ index: Int) {
        let pauseMilliseconds: Int32 = 5
        var next = 0
        while !seen.isClosed.withLock({ $0 }), write(connection, [bytes[next % bytes.count]]) {
            next += 1
            guard read(connection, seen, index, milliseconds: pauseMilliseconds) else { return }
        }
    }

    /// - Returns: false when the peer has closed.
    private static func read(_ connection: Int32, _ seen: Seen, _ index: Int, milliseconds: Int32) -> Bool {
        var watched = pollfd(fd: connection, events: Int16(POLLIN), revents: 0)
        guard unsafe poll(&watched, 1, milliseconds) > 0 else { return milliseconds >= 0 }
        var buffer = [UInt8](repeating: 0, count: 65536)
        let count = unsafe recv(connection, &buffer, buffer.count, 0)
        guard count > 0 else { return false }
        seen.bytes.withLock { $0[index] += buffer.prefix(count) }
        return true
    }

    @discardableResult
    private static func write(_ connection: Int32, _ bytes: [UInt8]) -> Bool {
        unsafe bytes.isEmpty || send(connection, bytes, bytes.count, Int32(MSG_NOSIGNAL)) == bytes.count
    }
}
