import Foundation
import Glibc
import Synchronization

/// A piece of network between a client and a server, which can break. It passes bytes on without understanding them,
/// so that TLS goes through it.
package final class NetworkRelay: Sendable {
    package let host: String
    package let port: UInt16
    private let listener: Int32
    private let wires: RelayWires

    /// - Parameters:
    ///   - host: a loopback address, for both sides: certificates are made out to it.
    ///   - server: the port of the server, also while it does not listen.
    package init(host: String = "127.0.0.1", before server: UInt16) throws {
        let socket = try LoopbackSocket.bound(of: host)
        guard listen(socket.descriptor, 16) == 0 else { throw TestError("cannot listen") }
        self.host = host
        port = socket.port
        listener = dup(socket.descriptor)
        wires = try RelayWires()
        Thread.detachNewThread { [listener, wires] in
            while true {
                let client = accept(listener, nil, nil)
                guard client >= 0 else { return }
                wires.join(client, LoopbackSocket.connected(to: server, of: host))
            }
        }
    }

    deinit {
        shutdown(listener, Int32(SHUT_RDWR))
        close(listener)
        wires.gate.open()
        wires.cut()
    }

    /// Breaks every connection; new ones can be made.
    package func cut() { wires.cut() }
    /// From now on nothing comes through, and nobody is told.
    package func block() { wires.gate.close() }
    package func heal() { wires.gate.open() }
}

/// The connections of a relay.
private final class RelayWires: Sendable {
    let gate: ProxyGate
    /// Both ends of each connection, by the client's descriptor.
    private let pairs = Mutex<[Int32: Int32]>([:])

    init() throws { gate = try ProxyGate() }

    func join(_ client: Int32, _ server: consuming LoopbackSocket?) {
        guard let server else {
            close(client)
            return
        }
        let other = dup(server.descriptor)
        pairs.withLock { $0[client] = other }
        let done = RelayEnd(client: client, server: other)
        for (from, to) in [(client, other), (other, client)] {
            Thread.detachNewThread { [self] in
                pump(from, to)
                pairs.withLock { _ = $0.removeValue(forKey: client) }
                done.hangUp()
            }
        }
    }

    private func pump(_ from: Int32, _ to: Int32) {
        var buffer = [UInt8](repeating: 0, count: 65536)
        while true {
            let count = unsafe recv(from, &buffer, buffer.count, 0)
            guard count > 0 else { return }
            gate.pass()
            var sent = 0
            while sent < count {
                let part = unsafe buffer.withUnsafeBytes { bytes in
                    unsafe send(to, bytes.baseAddress?.advanced(by: sent), count - sent, Int32(MSG_NOSIGNAL))
                }
                guard part > 0 else { return }
                sent += part
            }
        }
    }

    func cut() {
        // Under the lock: a descriptor that is not in the list any more may be somebody else's.
        pairs.withLock { pairs in
            for (client, server) in pairs {
                shutdown(client, Int32(SHUT_RDWR))
                shutdown(server, Int32(SHUT_RDWR))
            }
        }
    }
}

/// Closes both ends once both threads are done with them.
private final class RelayEnd: Sendable {
    private let client: Int32
    private let server: Int32

    init(client: Int32, server: Int32) {
        self.client = client
        self.server = server
    }

    deinit {
        close(client)
        close(server)
    }

    func hangUp() {
        shutdown(client, Int32(SHUT_RDWR))
        shutdown(server, Int32(SHUT_RDWR))
    }
}
