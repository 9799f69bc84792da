import Glibc

/// The journal's socket for entries of its native protocol.
final class JournalSocket: Sendable {
    static let path = "/run/systemd/journal/socket"

    private let descriptor: Int32
    private let path: [UInt8]

    /// - Returns: nil where there can be no such socket.
    init?(path: String = JournalSocket.path) {
        self.path = Array(path.utf8)
        guard self.path.count < MemoryLayout.size(ofValue: sockaddr_un().sun_path) else { return nil }
        descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { return nil }
    }

    deinit { close(descriptor) }

    /// By its path each time: a journal that was restarted has another socket there. Does not wait.
    /// - Returns: whether the journal has it.
    func send(_ entry: [UInt8]) -> Bool {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: path) }
        let sent = unsafe withUnsafePointer(to: address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe sendto(
                    descriptor,
                    entry,
                    entry.count,
                    Int32(MSG_DONTWAIT | MSG_NOSIGNAL),
                    $0,
                    socklen_t(MemoryLayout<sockaddr_un>.size)
                )
            }
        }
        return sent == entry.count
    }
}
