import Crypto
import Foundation
import GRDB
import Identity

/// What stands for a canonical distinguished name, or for a login, in the tables: the first half of its SHA-256. Nobody finds a
/// second name with the digest of a first one, so that equal digests are equal names.
///
/// Names themselves would be long keys of an index of their own: it took a third of the time of a first refresh.
struct NameDigest: Hashable, Comparable, Sendable {
    private let high: UInt64
    private let low: UInt64

    static let byteCount = 16

    init(_ key: DNKey) { self.init(text: key.text) }

    /// A login as a group names it. No distinguished name begins with the mark: there it is escaped (RFC 4514, 2.4).
    init(login: String) { self.init(text: "\u{0}" + login) }

    private init(text: String) {
        var text = text
        self = text.withUTF8 { bytes in
            var hash = SHA256()
            unsafe hash.update(bufferPointer: UnsafeRawBufferPointer(bytes))
            return unsafe hash.finalize().withUnsafeBytes { unsafe NameDigest($0) }
        }
    }

    /// - Parameter bytes: at least ``byteCount``.
    private init(_ bytes: UnsafeRawBufferPointer) {
        high = unsafe UInt64(bigEndian: bytes.loadUnaligned(as: UInt64.self))
        low = unsafe UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
    }

    /// Nil unless there are ``byteCount`` bytes.
    init?(stored bytes: UnsafeRawBufferPointer) {
        guard bytes.count == Self.byteCount else { return nil }
        unsafe self.init(bytes)
    }

    /// As SQLite sorts the bytes.
    static func < (left: NameDigest, right: NameDigest) -> Bool { (left.high, left.low) < (right.high, right.low) }

    /// As two numbers in the byte order of the network: what a C interface can take from the stack.
    var networkWords: (UInt64, UInt64) { (high.bigEndian, low.bigEndian) }
}

extension NameDigest: DatabaseValueConvertible {
    var databaseValue: DatabaseValue { unsafe withUnsafeBytes(of: networkWords) { unsafe Data($0) }.databaseValue }

    static func fromDatabaseValue(_ value: DatabaseValue) -> NameDigest? {
        unsafe Data.fromDatabaseValue(value)?.withUnsafeBytes { unsafe NameDigest(stored: $0) }
    }
}
