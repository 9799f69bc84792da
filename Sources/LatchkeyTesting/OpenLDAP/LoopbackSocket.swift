import Glibc

/// A TCP socket on 127.0.0.1.
struct LoopbackSocket: ~Copyable {
    let descriptor: Int32

    private init(descriptor: Int32) { self.descriptor = descriptor }

    deinit { close(descriptor) }

    /// Below the range from which the kernel gives ports to clients (ip_local_port_range, ip(7)): between the
    /// choice of a port and its use, no connection of another test takes it.
    private static let ports = UInt16(10_000)...UInt16(31_999)
    private static let attempts = 100

    /// On a port that is free.
    static func bound(of host: String = localhost) throws -> LoopbackSocket {
        for _ in 0..<attempts {
            if let socket = try? bound(to: UInt16.random(in: ports), of: host) { return socket }
        }
        throw TestError("no port of \(host) is free")
    }

    static func bound(to port: UInt16, of host: String = localhost) throws -> LoopbackSocket {
        let socket = LoopbackSocket(
            descriptor: Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        )
        guard unsafe withAddress(port, host, { unsafe bind(socket.descriptor, $0, $1) }) == 0 else {
            throw TestError("port \(port) of \(host) is not free")
        }
        return socket
    }

    /// A UDP socket that the caller owns, and its port.
    static func datagrams() throws -> (descriptor: Int32, port: UInt16) {
        let socket = Glibc.socket(AF_INET, Int32(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        for _ in 0..<attempts {
            let port = UInt16.random(in: ports)
            if unsafe withAddress(port, localhost, { unsafe bind(socket, $0, $1) }) == 0 { return (socket, port) }
        }
        close(socket)
        throw TestError("no UDP port of 127.0.0.1 is free")
    }

    /// - Returns: `nil` where nobody listens.
    static func connected(to port: UInt16, of host: String = localhost) -> LoopbackSocket? {
        let socket = LoopbackSocket(
            descriptor: Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        )
        guard unsafe withAddress(port, host, { unsafe connect(socket.descriptor, $0, $1) }) == 0 else { return nil }
        return socket
    }

    var port: UInt16 {
        var address = sockaddr_in()
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        _ = unsafe withUnsafeMutablePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe getsockname(descriptor, $0, &size)
            }
        }
        return UInt16(bigEndian: address.sin_port)
    }

    /// Sends the request and waits for the first bytes of an answer.
    func answers(_ request: [UInt8]) -> Bool {
        guard unsafe send(descriptor, request, request.count, Int32(MSG_NOSIGNAL)) == request.count else {
            return false
        }
        var watched = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        var answer = [UInt8](repeating: 0, count: 64)
        let patienceMilliseconds: Int32 = 1000
        return unsafe poll(&watched, 1, patienceMilliseconds) > 0
            && recv(descriptor, &answer, answer.count, 0) > 0
    }

    static let localhost = "127.0.0.1"

    private static func withAddress(
        _ port: UInt16,
        _ host: String,
        _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32
    ) -> Int32 {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = unsafe inet_addr(host)
        return unsafe withUnsafePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe body($0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
    }
}
