import Foundation
import Glibc
import Synchronization

/// An LDAP server for tests on 127.0.0.1: a real one stands behind it, and what it does otherwise is a
/// ``LDAPFault``. Without one it passes everything on as it is. Clear text only.
///
/// ```swift
/// let proxy = try LDAPFaultProxy(before: slapd.port)
/// proxy.inject(.ends("inetOrgPerson", with: 3, after: 100))
/// ```
package final class LDAPFaultProxy: Sendable {
    package let port: UInt16
    private let listener: Int32
    private let shared: ProxyState

    package var uri: String { "ldap://127.0.0.1:\(port)" }

    /// - Parameter server: the port where the real server listens, also while it does not.
    package init(before server: UInt16, of host: String = "127.0.0.1") throws {
        let socket = try LoopbackSocket.bound()
        guard listen(socket.descriptor, 16) == 0 else { throw TestError("cannot listen") }
        port = socket.port
        listener = dup(socket.descriptor)
        shared = try ProxyState()
        Thread.detachNewThread { [listener, shared] in
            while true {
                let client = accept(listener, nil, nil)
                guard client >= 0 else { return }
                shared.serve(client, (host, server))
            }
        }
    }

    deinit {
        shutdown(listener, Int32(SHUT_RDWR))
        close(listener)
        shared.end()
    }

    /// From now on this, in the place of what was injected before.
    package func inject(_ fault: LDAPFault) { shared.fault.withLock { $0 = fault } }
    package func heal() { inject(.none) }

    /// The searches that came, in their order, as the client sent them.
    package var searches: [WireRequest] { shared.searches.withLock { $0 } }

    // MARK: The line

    /// Nothing comes through any more, in no direction and on no connection, new ones included: a black hole.
    package func stop() { shared.gate.close() }
    package func goOn() { shared.gate.open() }

    /// From now on answers come a byte at a time: a slow-loris.
    package func trickle() { shared.isTrickling.withLock { $0 = true } }

    /// The server loses its connections, and no client is told: they are half open.
    package func loseServerSide() {
        for connection in shared.connections.withLock({ $0 }) { connection.loseServer() }
    }

    /// Breaks every connection.
    package func cut() {
        for connection in shared.connections.withLock({ $0 }) { connection.hangUp() }
    }
}

/// What the threads of a proxy share.
final class ProxyState: Sendable {
    let gate: ProxyGate
    let fault = Mutex(LDAPFault.none)
    let searches = Mutex<[WireRequest]>([])
    let isTrickling = Mutex(false)
    let connections = Mutex<[ProxiedConnection]>([])

    init() throws { gate = try ProxyGate() }

    func serve(_ client: Int32, _ server: (host: String, port: UInt16)) {
        guard let connection = ProxiedConnection(client: client, server: server, self) else {
            close(client)
            return
        }
        connections.withLock { $0.append(connection) }
        connection.start()
    }

    func forget(_ connection: ProxiedConnection) {
        connections.withLock { $0.removeAll { $0 === connection } }
    }

    func end() {
        gate.open()
        for connection in connections.withLock({ $0 }) { connection.hangUp() }
    }
}
