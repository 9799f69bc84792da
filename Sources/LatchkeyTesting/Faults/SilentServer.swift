import Glibc

/// A TCP server on 127.0.0.1 that accepts connections and never says a word.
package final class SilentServer: Sendable {
    package let port: UInt16
    private let descriptor: Int32

    package init() throws {
        let socket = try LoopbackSocket.bound()
        port = socket.port
        // The kernel accepts on behalf of a listening socket; nobody needs to call accept(2).
        guard listen(socket.descriptor, 16) == 0 else { throw TestError("cannot listen on port \(port)") }
        descriptor = dup(socket.descriptor)
    }

    /// Returns once somebody has connected.
    package func waitForConnection() async throws {
        let descriptor = descriptor
        try await eventually("somebody connects") {
            var watched = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            return unsafe poll(&watched, 1, 0) > 0
        }
    }

    deinit { close(descriptor) }
}

/// A port of 127.0.0.1 where nobody listens.
package enum RefusedPort {
    package static func make() throws -> UInt16 { try LoopbackSocket.bound().port }
}
