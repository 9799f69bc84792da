import Foundation

/// What must be on disk before the next step.
enum FileDurability {
    /// Flushes a file, or a directory's names.
    static func sync(_ path: String) throws {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure(path) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw failure(path) }
    }

    static func failure(_ path: String) -> VaultError {
        let reason = unsafe String(cString: strerror(errno))
        return VaultError(.inaccessible, at: path, detail: "\(reason); check the disk, the owner and the mode")
    }
}
