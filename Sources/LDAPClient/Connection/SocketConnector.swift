import CLDAP
import Glibc

/// Connects a socket to a server before the LDAP library sees it, so that the deadline is ours and the
/// address is known before a byte is sent.
struct SocketConnector {
    let server: LDAPServer
    let deadline: ContinuousClock.Instant
    /// Whether only a loopback address will do: nothing else may see clear text.
    let loopbackOnly: Bool

    /// - Returns: a connected, blocking socket that the caller owns.
    func connect() throws(LDAPError) -> Int32 {
        switch server.transport {
        case .ldap(let host, let port), .ldaps(let host, let port): try connectTCP(host, port)
        case .ldapi(let path): try connectUnix(path)
        }
    }

    private func error(_ code: ResultCode, _ diagnostic: String) -> LDAPError {
        LDAPError(code, operation: "connect", server: server.uri, diagnostic: diagnostic)
    }

    private func connectTCP(_ host: String, _ port: UInt16) throws(LDAPError) -> Int32 {
        var hints = unsafe addrinfo()
        unsafe hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        unsafe hints.ai_flags = AI_NUMERICSERV
        var list: UnsafeMutablePointer<addrinfo>?
        // getaddrinfo(3): 0 on success; the list is released with freeaddrinfo.
        let status = unsafe getaddrinfo(host, String(port), &hints, &list)
        guard status == 0 else {
            throw error(.connectError, unsafe String(cString: gai_strerror(status)))
        }
        defer { unsafe freeaddrinfo(list) }
        var last = error(.connectError, "the name has no address")
        var next = unsafe list
        while let candidate = unsafe next {
            do throws(LDAPError) { return unsafe try connect(candidate.pointee) } catch { last = error }
            unsafe next = candidate.pointee.ai_next
        }
        throw last
    }

    private func connect(_ candidate: addrinfo) throws(LDAPError) -> Int32 {
        if loopbackOnly, unsafe !Self.isLoopback(candidate.ai_addr) {
            throw error(.clearTextRefused, "the address is not a loopback address")
        }
        let descriptor = try openSocket(unsafe candidate.ai_family)
        var on: Int32 = 1
        unsafe setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &on, socklen_t(MemoryLayout<Int32>.size))
        unsafe setsockopt(descriptor, SOL_SOCKET, SO_KEEPALIVE, &on, socklen_t(MemoryLayout<Int32>.size))
        let status = unsafe Glibc.connect(descriptor, candidate.ai_addr, candidate.ai_addrlen)
        return try finish(descriptor, status)
    }

    private func connectUnix(_ path: String) throws(LDAPError) -> Int32 {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let bytes = Array(path.utf8)
        guard bytes.count < MemoryLayout.size(ofValue: address.sun_path) else {
            throw error(.invalidArgument, "the socket's path is longer than 107 bytes")
        }
        unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: bytes) }
        let descriptor = try openSocket(AF_UNIX)
        let status = unsafe withUnsafePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe Glibc.connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        return try finish(descriptor, status)
    }

    private func openSocket(_ family: Int32) throws(LDAPError) -> Int32 {
        let type = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue)
        let descriptor = socket(family, type, 0)
        guard descriptor >= 0 else { throw error(.localError, Self.message(errno)) }
        return descriptor
    }

    /// Waits until the connection stands or failed (connect(2): writability after EINPROGRESS, then SO_ERROR).
    private func finish(_ descriptor: Int32, _ status: Int32) throws(LDAPError) -> Int32 {
        var failure = status == 0 ? 0 : errno
        if failure == EINPROGRESS || failure == EAGAIN { failure = waitUntilConnected(descriptor) }
        guard failure == 0 else {
            close(descriptor)
            throw error(failure == ETIMEDOUT ? .timeout : .connectError, Self.message(failure))
        }
        SocketFlags.setBlocking(descriptor, true)
        return descriptor
    }

    private func waitUntilConnected(_ descriptor: Int32) -> Int32 {
        var watched = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        var ready: Int32
        repeat { ready = unsafe poll(&watched, 1, deadline.millisecondsFromNow) } while ready < 0 && errno == EINTR
        guard ready > 0 else { return ready == 0 ? ETIMEDOUT : errno }
        var failure: Int32 = 0
        var size = socklen_t(MemoryLayout<Int32>.size)
        unsafe getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &failure, &size)
        return failure
    }

    private static func message(_ number: Int32) -> String { unsafe String(cString: strerror(number)) }

    private static func isLoopback(_ address: UnsafeMutablePointer<sockaddr>?) -> Bool {
        guard let address = unsafe address else { return false }
        switch unsafe Int32(address.pointee.sa_family) {
        case AF_INET:
            return unsafe address.withMemoryRebound(to: sockaddr_in.self, capacity: 1) {
                unsafe UInt32(bigEndian: $0.pointee.sin_addr.s_addr) >> 24 == 127
            }
        case AF_INET6:
            return unsafe address.withMemoryRebound(to: sockaddr_in6.self, capacity: 1) {
                let bytes = unsafe withUnsafeBytes(of: $0.pointee.sin6_addr) { unsafe Array($0) }
                return bytes == [UInt8](repeating: 0, count: 15) + [1]
            }
        default:
            return false
        }
    }
}

enum SocketFlags {
    static func setBlocking(_ descriptor: Int32, _ blocking: Bool) {
        let flags = fcntl(descriptor, F_GETFL)
        _ = fcntl(descriptor, F_SETFL, blocking ? flags & ~O_NONBLOCK : flags | O_NONBLOCK)
    }
}
