import Glibc
import Synchronization

/// Where the threads of a proxy wait while nothing may come through. Open at first.
final class ProxyGate: Sendable {
    /// A byte lies in it while the gate is open.
    private let line: (out: Int32, into: Int32)
    private let isOpen = Mutex(true)

    init() throws {
        var ends: [Int32] = [0, 0]
        let kind = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
        guard unsafe socketpair(AF_UNIX, kind, 0, &ends) == 0 else { throw TestError("no pair of sockets") }
        line = (ends[0], ends[1])
        put()
    }

    deinit {
        Glibc.close(line.out)
        Glibc.close(line.into)
    }

    func pass() {
        var watched = pollfd(fd: line.out, events: Int16(POLLIN), revents: 0)
        _ = unsafe poll(&watched, 1, -1)
    }

    func open() {
        isOpen.withLock {
            if !$0 { put() }; $0 = true
        }
    }

    func close() {
        isOpen.withLock { isOpen in
            var byte: UInt8 = 0
            if isOpen { _ = unsafe read(line.out, &byte, 1) }
            isOpen = false
        }
    }

    private func put() {
        var byte: UInt8 = 0
        _ = unsafe write(line.into, &byte, 1)
    }
}
