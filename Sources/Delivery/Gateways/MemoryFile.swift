import CPlatform
import SystemPackage

/// A file in memory, without a name, that is read from its beginning: memfd_create(2).
struct MemoryFile {
    /// Whoever takes it closes it.
    let descriptor: FileDescriptor

    /// - Returns: nil where the system has no memory or descriptor left.
    init?(holding bytes: [UInt8]) {
        let raw = unsafe latchkey_memory_file("latchkey-message")
        guard raw >= 0 else { return nil }
        descriptor = FileDescriptor(rawValue: raw)
        do {
            try descriptor.writeAll(bytes)
            _ = try descriptor.seek(offset: 0, from: .start)
        } catch {
            try? descriptor.close()
            return nil
        }
    }
}
