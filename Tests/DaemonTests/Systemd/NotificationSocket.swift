import Glibc

/// systemd's end of `NOTIFY_SOCKET`: a datagram socket under a path or an abstract name.
final class NotificationSocket: Sendable {
    let name: String
    private let descriptor: Int32

    init(abstract: Bool) throws {
        let unique = "latchkey-notify-\(getpid())-\(UInt64.random(in: .min ... .max))"
        name = abstract ? "@\(unique)" : "/tmp/\(unique)"
        descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        var bytes = Array(name.utf8)
        if abstract { bytes[0] = 0 }
        unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: bytes) }
        let length = socklen_t(MemoryLayout<sa_family_t>.size + bytes.count)
        let bound = unsafe withUnsafePointer(to: address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { unsafe bind(descriptor, $0, length) }
        }
        guard bound == 0 else { throw NotBound(code: errno) }
    }

    struct NotBound: Error { var code: Int32 }

    var environment: [String: String] { ["NOTIFY_SOCKET": name] }

    /// The next datagram that has arrived already: a sender on the same machine has delivered it when it returns.
    func next() -> String? {
        var buffer = [UInt8](repeating: 0, count: 8192)
        let size = unsafe recv(descriptor, &buffer, buffer.count, Int32(MSG_DONTWAIT))
        return size < 0 ? nil : String(decoding: buffer.prefix(size), as: UTF8.self)
    }

    deinit {
        close(descriptor)
        if name.hasPrefix("/") { unsafe unlink(name) }
    }
}
