import Crypto
import Foundation
import GRDB

/// The journal of erasures once more, in a file beside the vault: who loses the vault and restores a backup still
/// knows whom not to bring back. It holds keyed hashes and random ids, each line with a MAC of its own.
struct ErasureFile: Sendable {
    let path: String
    let keys: VaultKeys
    let database: [UInt8]

    static let name = "erasures.journal"
    /// Bytes that are read: some four million lines.
    static let limit = 1 << 30

    init(beside vault: String, keys: VaultKeys, database: [UInt8]) {
        path = (vault as NSString).deletingLastPathComponent + "/" + Self.name
        self.keys = keys
        self.database = database
    }

    /// What of the file is authentic. A torn last line is none; other databases' lines are not ours.
    func read() throws -> [Erasure] {
        guard FileManager.default.fileExists(atPath: path) else { return [] }
        let handle = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
        defer { try? handle.close() }
        let text = String(decoding: try handle.read(upToCount: Self.limit) ?? Data(), as: UTF8.self)
        return text.split(separator: "\n").compactMap { erasure(String($0)) }
    }

    /// Returns once they are on disk.
    func append(_ erasures: [Erasure]) throws {
        guard !erasures.isEmpty else { return }
        // A line that a crash has torn stays a line of its own.
        let text = "\n" + erasures.map(line).joined(separator: "\n") + "\n"
        let descriptor = unsafe open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw unwritable }
        defer { close(descriptor) }
        let bytes = Array(text.utf8)
        let written = unsafe bytes.withUnsafeBytes { unsafe write(descriptor, $0.baseAddress, $0.count) }
        guard written == bytes.count, fsync(descriptor) == 0 else { throw unwritable }
    }

    private func line(_ erasure: Erasure) -> String {
        let head = "\(erasure.what.rawValue) \(Hexadecimal.text(Array(erasure.value))) \(erasure.time.count)"
        return head + " " + Hexadecimal.text(Array(mac(head)))
    }

    private func erasure(_ line: String) -> Erasure? {
        let parts = line.split(separator: " ").map(String.init)
        guard
            parts.count == 4, let what = Erasure.What(rawValue: parts[0]), let value = Hexadecimal.bytes(parts[1]),
            let time = Int64(parts[2]), let tag = Hexadecimal.bytes(parts[3])
        else { return nil }
        let head = parts[0...2].joined(separator: " ")
        guard HMAC<SHA256>.isValidAuthenticationCode(tag, authenticating: input(head), using: keys.erasures) else {
            return nil
        }
        return Erasure(what: what, value: Data(value), time: Milliseconds(count: time))
    }

    private func mac(_ head: String) -> Data {
        Data(HMAC<SHA256>.authenticationCode(for: input(head), using: keys.erasures))
    }

    private func input(_ head: String) -> Data {
        CanonicalBytes.join([Array("latchkey erasure line 1".utf8), database, Array(head.utf8)])
    }

    private var unwritable: VaultError {
        VaultError(
            .inaccessible,
            at: path,
            detail: "\(unsafe String(cString: strerror(errno))); free some disk space, or check the owner and mode"
        )
    }
}
