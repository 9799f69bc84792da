import Foundation
import Glibc
import Synchronization

/// One client of a ``LDAPFaultProxy`` and its connection to the real server: a thread for each direction.
final class ProxiedConnection: Sendable {
    private struct Asked {
        var request: WireRequest
        var entries = 0
        var presentSets = 0
        var isLive = false
        var isEnded = false
    }

    private let client: Int32
    private let server: Int32
    private let state: ProxyState
    private let asked = Mutex<[Int: Asked]>([:])
    /// Requests whose answer is the last message, and whether it still arrives.
    private let last = Mutex<[Int: Bool]>([:])
    /// Requests whose answer does not arrive.
    private let swallowed = Mutex<Set<Int>>([])
    private let hasLostServer = Mutex(false)
    /// Answers come from both threads.
    private let writing = Mutex(())

    /// - Returns: nil where nobody listens.
    init?(client: Int32, server: (host: String, port: UInt16), _ state: ProxyState) {
        guard let socket = LoopbackSocket.connected(to: server.port, of: server.host) else { return nil }
        self.client = client
        self.server = dup(socket.descriptor)
        self.state = state
        for descriptor in [self.client, self.server] {
            var one: Int32 = 1
            unsafe setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &one, socklen_t(MemoryLayout<Int32>.size))
        }
    }

    /// Both threads have ended.
    deinit {
        close(client)
        close(server)
    }

    func start() {
        Thread.detachNewThread { [self] in
            pump(from: client) { take($0) }
            hangUp()
        }
        Thread.detachNewThread { [self] in
            pump(from: server) { give($0) }
            if !hasLostServer.withLock({ $0 }) { hangUp() }
        }
    }

    func hangUp() {
        shutdown(client, Int32(SHUT_RDWR))
        shutdown(server, Int32(SHUT_RDWR))
        state.forget(self)
    }

    func loseServer() {
        hasLostServer.withLock { $0 = true }
        shutdown(server, Int32(SHUT_RDWR))
    }

    /// - Parameter handle: false ends it.
    private func pump(from descriptor: Int32, _ handle: (WireMessage) -> Bool) {
        var framer = WireFramer()
        var buffer = [UInt8](repeating: 0, count: 65536)
        while true {
            let count = unsafe recv(descriptor, &buffer, buffer.count, 0)
            guard count > 0 else { return }
            state.gate.pass()
            for message in framer.messages(with: buffer[..<count]) where !handle(message) { return }
        }
    }

    // MARK: Requests

    private func take(_ message: WireMessage) -> Bool {
        let request = WireRequest(message)
        if request.base != nil {
            asked.withLock { $0[message.id] = Asked(request: request) }
            state.searches.withLock { $0.append(request) }
        }
        switch state.fault.withLock({ $0 }).onRequest(request) {
        case .pass: return send(message.bytes, to: server) || hasLostServer.withLock { $0 }
        case .replace(let bytes): return send(bytes, to: server)
        case .answer(let bytes): return answer(bytes)
        case .drop: return true
        case .swallowAnswer:
            swallowed.withLock { _ = $0.insert(message.id) }
            return send(message.bytes, to: server)
        case .loseAnswer: return sendLast(message, arrives: false)
        case .cutAfterAnswer: return sendLast(message, arrives: true)
        }
    }

    private func sendLast(_ message: WireMessage, arrives: Bool) -> Bool {
        last.withLock { $0[message.id] = arrives }
        return send(message.bytes, to: server)
    }

    // MARK: Answers

    private func give(_ message: WireMessage) -> Bool {
        if swallowed.withLock({ $0.contains(message.id) }) { return true }
        if let arrives = last.withLock({ $0[message.id] }) {
            if arrives { _ = answer(message.bytes) }
            return false
        }
        guard let asked = note(message) else { return answer(message.bytes) }
        guard !asked.isEnded else { return true }
        let answered = LDAPFault.Answer(
            request: asked.request,
            message: message,
            entriesBefore: asked.entries,
            presentSetsBefore: asked.presentSets,
            isLive: asked.isLive
        )
        switch state.fault.withLock({ $0 }).onAnswer(answered) {
        case .pass: return answer(message.bytes)
        case .replace(let messages): return messages.allSatisfy { answer($0) }
        case .end(let bytes):
            self.asked.withLock { $0[message.id]?.isEnded = true }
            return answer(bytes)
        case .cut: return false
        }
    }

    /// Counts the message.
    /// - Returns: what was known of its request before it.
    private func note(_ message: WireMessage) -> Asked? {
        asked.withLock { all in
            let before = all[message.id]
            if message.isEntry { all[message.id]?.entries += 1 }
            if message.syncInfo == .present { all[message.id]?.presentSets += 1 }
            if [.refreshDelete, .refreshPresent].contains(message.syncInfo) { all[message.id]?.isLive = true }
            if message.isSearchEnd { all[message.id] = nil }
            return before
        }
    }

    private func answer(_ bytes: [UInt8]) -> Bool {
        writing.withLock { _ in
            guard state.isTrickling.withLock({ $0 }) else { return send(bytes, to: client) }
            return bytes.allSatisfy { trickle($0) }
        }
    }

    private func trickle(_ byte: UInt8) -> Bool {
        let pauseMilliseconds: Int32 = 5
        _ = poll(nil, 0, pauseMilliseconds)
        return send([byte], to: client)
    }

    private func send(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = unsafe rest.withUnsafeBytes {
                unsafe Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }
}
