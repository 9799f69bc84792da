import Glibc

/// A Unix socket that listens already: connections queue up in it until a ``SocketService`` serves them.
package struct ListeningSocket: Sendable {
    /// Owner and group may connect, nobody else.
    static let permissions: mode_t = 0o660
    /// Connections that wait to be accepted; more are refused by the kernel for a moment.
    static let backlog: CInt = 128

    /// The descriptor. The service that serves it closes it.
    let descriptor: CInt
    /// For messages; empty for a passed descriptor without a name.
    package let path: String
    /// Whether the file is ours to remove at the end.
    let ownsFile: Bool

    /// Takes over a descriptor that the service manager passed (sd_listen_fds(3)).
    package static func inherited(descriptor: CInt) throws(SocketError) -> ListeningSocket {
        var listens: CInt = 0
        var size = socklen_t(MemoryLayout<CInt>.size)
        let result = unsafe getsockopt(descriptor, SOL_SOCKET, SO_ACCEPTCONN, &listens, &size)
        guard result == 0, listens == 1 else {
            throw SocketError(
                .notListening,
                path: "descriptor \(descriptor)",
                detail: "This is not a listening socket. The socket unit needs ListenStream= and Accept=no."
            )
        }
        return ListeningSocket(descriptor: descriptor, path: "descriptor \(descriptor)", ownsFile: false)
    }

    /// Binds the path. A dead socket is replaced; anything else that stands there is not.
    /// - Parameter group: the group that may connect. Nil, or one that does not exist, leaves the daemon's own.
    package static func bound(path: String, group: String? = nil) throws(SocketError) -> ListeningSocket {
        try SocketFile(path: path).clear()
        return try SocketFile(path: path).bind(group: group)
    }
}
