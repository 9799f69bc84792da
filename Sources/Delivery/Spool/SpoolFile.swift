import Foundation
import Glibc

/// An open file of a spool, closed with its last use.
struct SpoolFile: ~Copyable {
    let descriptor: Int32

    /// A counter has at most this many digits.
    private static let digitsMax = 20

    init(descriptor: Int32) { self.descriptor = descriptor }

    /// Nobody looks at errno after a failed close of a synced file.
    deinit { if isOpen { close(descriptor) } }

    var isOpen: Bool { descriptor >= 0 }

    /// Writes all of it, from the beginning.
    func write(_ content: Data) -> Bool {
        var done = 0
        let bytes = [UInt8](content)
        while done < bytes.count {
            let count = unsafe bytes.withUnsafeBytes { buffer in
                unsafe pwrite(descriptor, buffer.baseAddress?.advanced(by: done), bytes.count - done, done)
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return false }
            done += count
        }
        return true
    }

    /// The number that the file holds, 0 where it holds none.
    var number: Int {
        var bytes = [UInt8](repeating: 0, count: Self.digitsMax)
        let count = unsafe pread(descriptor, &bytes, bytes.count, 0)
        guard count > 0 else { return 0 }
        return Int(String(decoding: bytes[..<count], as: UTF8.self)) ?? 0
    }

    /// Replaces the number. It only grows, so the old one never has more digits.
    func store(_ number: Int) -> Bool {
        write(Data(String(number).utf8)) && fsync(descriptor) == 0
    }
}
