import Glibc

/// The datagram socket that systemd reads, by path or by abstract name (unix(7)).
struct NotificationAddress: Sendable {
    private let bytes: [UInt8]

    init(_ name: String) throws(SystemdError) {
        var bytes = Array(name.utf8)
        guard bytes.count > 1, name.hasPrefix("/") || name.hasPrefix("@") else {
            throw Self.malformed("\"\(name)\" is neither an absolute path nor an abstract name (@…)")
        }
        guard bytes.count < Self.capacity else {
            throw Self.malformed("the name has \(bytes.count) bytes; a socket's name has at most \(Self.capacity - 1)")
        }
        if name.hasPrefix("@") { bytes[0] = 0 }
        self.bytes = bytes
    }

    /// Sends without waiting.
    func send(_ message: String) throws(SystemdError) {
        let socket = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard socket >= 0 else { throw Self.failed("socket", errno) }
        defer { close(socket) }
        guard sendDatagram(Array(message.utf8), on: socket) >= 0 else { throw Self.failed("sendto", errno) }
    }

    private func sendDatagram(_ message: [UInt8], on socket: Int32) -> Int {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: bytes) }
        // An abstract name ends where the length says, not at a zero byte.
        let length = socklen_t(MemoryLayout<sockaddr_un>.size - Self.capacity + bytes.count)
        let flags = Int32(MSG_DONTWAIT | MSG_NOSIGNAL)
        return unsafe withUnsafePointer(to: address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe sendto(socket, message, message.count, flags, $0, length)
            }
        }
    }

    private static let capacity = MemoryLayout.size(ofValue: sockaddr_un().sun_path)

    private static func malformed(_ detail: String) -> SystemdError {
        SystemdError(code: .malformedVariable, variable: "NOTIFY_SOCKET", detail: detail)
    }

    private static func failed(_ call: String, _ code: Int32) -> SystemdError {
        SystemdError(
            code: .sendFailed,
            variable: "NOTIFY_SOCKET",
            detail: "\(call): \(unsafe String(cString: strerror(code))); systemd was not told"
        )
    }
}
