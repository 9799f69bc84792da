import Glibc

/// A socket's place in the file system.
struct SocketFile {
    let path: String

    /// Makes room: a socket on which nobody answers is removed.
    func clear() throws(SocketError) {
        var status = stat()
        guard unsafe lstat(path, &status) == 0 else {
            if errno == ENOENT { return }
            throw failure("could not be looked at")
        }
        guard status.st_mode & S_IFMT == S_IFSOCK else {
            throw SocketError(
                .notASocket,
                path: path,
                detail: "Something that is not a socket is there; it is left alone. Move it away, or change sockets."
            )
        }
        guard try !isAnswered() else {
            throw SocketError(
                .inUse,
                path: path,
                detail: "Another process listens there. Stop it, or change sockets in the configuration."
            )
        }
        guard unsafe unlink(path) == 0 || errno == ENOENT else { throw failure("is dead and could not be removed") }
    }

    /// Nobody can connect before `listen`, so the permissions are right before the first connection and no
    /// umask, which is the whole process's, has to be changed for it.
    func bind(group: String?) throws(SocketError) -> ListeningSocket {
        let descriptor = try makeSocket()
        do throws(SocketError) {
            let bound = unsafe try withAddress { address, size in unsafe Glibc.bind(descriptor, address, size) }
            guard bound == 0 else { throw failure("could not be bound") }
            if let group, let id = UserDatabase.group(named: group) {
                guard unsafe lchown(path, uid_t.max, id) == 0 else {
                    throw failure("could not be given to group \(group)")
                }
            }
            guard unsafe chmod(path, ListeningSocket.permissions) == 0 else {
                throw failure("could not be given mode 0660")
            }
            guard listen(descriptor, ListeningSocket.backlog) == 0 else { throw failure("could not listen") }
        } catch {
            close(descriptor)
            throw error
        }
        return ListeningSocket(descriptor: descriptor, path: path, ownsFile: true)
    }

    private func isAnswered() throws(SocketError) -> Bool {
        let descriptor = try makeSocket()
        defer { close(descriptor) }
        let result = unsafe try withAddress { address, size in unsafe connect(descriptor, address, size) }
        // EAGAIN: the queue is full, so somebody owns it. Without the right to connect we cannot know.
        return result == 0 || errno != ECONNREFUSED
    }

    private func makeSocket() throws(SocketError) -> CInt {
        let kind = CInt(SOCK_STREAM.rawValue) | CInt(SOCK_CLOEXEC.rawValue) | CInt(SOCK_NONBLOCK.rawValue)
        let descriptor = socket(AF_UNIX, kind, 0)
        guard descriptor >= 0 else { throw failure("could not be made") }
        return descriptor
    }

    private func withAddress(
        _ body: (UnsafePointer<sockaddr>, socklen_t) -> CInt
    ) throws(SocketError) -> CInt {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let capacity = MemoryLayout.size(ofValue: address.sun_path)
        let bytes = Array(path.utf8)
        // One byte is the terminating zero (unix(7)).
        guard !bytes.isEmpty, bytes.count < capacity, !bytes.contains(0) else {
            throw SocketError(.invalidPath, path: path, detail: "A socket's path has 1 to \(capacity - 1) bytes.")
        }
        unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: bytes) }
        return unsafe withUnsafePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { rebound in
                unsafe body(rebound, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
    }

    private func failure(_ what: String) -> SocketError {
        let reason = unsafe String(cString: strerror(errno))
        return SocketError(.system, path: path, detail: "The socket \(what): \(reason).")
    }
}
