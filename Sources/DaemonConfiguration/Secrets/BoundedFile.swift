import Foundation

/// Reads files whole that have a limit, and secrets, whose permissions are checked on the open descriptor.
enum BoundedFile {
    /// Bits of the mode that let group or others do anything.
    private static let othersMask: mode_t = 0o077

    /// A file that nobody else may read, named without a symbolic link at its end.
    static func readSecret(_ path: String, maximum: Int) throws(SecretError) -> [UInt8] {
        try read(path, maximum: maximum, flags: O_NOFOLLOW, forbidden: othersMask)
    }

    /// - Throws: `unusable`, with the path and what is wrong.
    static func read(
        _ path: String,
        maximum: Int,
        flags: Int32 = 0,
        forbidden: mode_t = 0
    ) throws(SecretError) -> [UInt8] {
        // O_NONBLOCK: a FIFO would hold the open for ever; it means nothing for a regular file.
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | flags)
        guard descriptor >= 0 else { throw failure(path, "cannot be opened", errno) }
        defer { close(descriptor) }
        try checkKind(of: descriptor, path, maximum: maximum, forbidden: forbidden)
        return try content(of: descriptor, path, maximum: maximum)
    }

    private static func checkKind(
        of descriptor: Int32,
        _ path: String,
        maximum: Int,
        forbidden: mode_t
    ) throws(SecretError) {
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0 else { throw failure(path, "cannot be examined", errno) }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw SecretError(.unusable, "\(path) is not a regular file")
        }
        guard status.st_mode & forbidden == 0 else {
            throw SecretError(.unusable, "\(path) is open to group or others; chmod 600 it")
        }
        guard status.st_size <= maximum else {
            throw SecretError(.unusable, "\(path) is larger than \(maximum) bytes")
        }
    }

    private static func content(of descriptor: Int32, _ path: String, maximum: Int) throws(SecretError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: maximum + 1)
        var filled = 0
        while filled < bytes.count {
            let start = filled
            let count = unsafe bytes.withUnsafeMutableBytes { buffer in
                unsafe Foundation.read(descriptor, buffer.baseAddress?.advanced(by: start), buffer.count - start)
            }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw failure(path, "cannot be read", errno) }
            if count == 0 { break }
            filled += count
        }
        guard filled <= maximum else { throw SecretError(.unusable, "\(path) is larger than \(maximum) bytes") }
        return Array(bytes.prefix(filled))
    }

    private static func failure(_ path: String, _ what: String, _ code: Int32) -> SecretError {
        let why = code == ELOOP ? "it is a symbolic link; name the file itself" : unsafe String(cString: strerror(code))
        return SecretError(.unusable, "\(path) \(what): \(why)")
    }
}
