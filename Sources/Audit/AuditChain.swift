import Crypto
package import Foundation

/// The keyed hash chain: each record's link is an HMAC over the link before it and the record's stored bytes.
///
/// Without the key nobody can change, remove, insert or reorder a record without `verify` finding it. The
/// head is authenticated too, so that cutting off the end is found as well.
package struct AuditChain: Sendable {
    /// The key is taken in once, and not for each record.
    private let mac: HMAC<SHA256>

    /// The link before the first record.
    package static let root = [UInt8](repeating: 0, count: SHA256.byteCount)

    /// - Parameter key: 32 bytes derived for the audit alone.
    package init(key: some ContiguousBytes) {
        mac = HMAC(key: SymmetricKey(data: key))
    }

    /// The link of a record.
    /// - Parameters:
    ///   - sequence: the record's number; bound in so that equal records differ.
    ///   - payload: the record's bytes exactly as stored.
    ///   - previous: the link of the record before, or ``root``.
    package func link(sequence: Int64, payload: [UInt8], previous: [UInt8]) -> [UInt8] {
        authenticate(label: "latchkey audit record", sequence: sequence, parts: [previous, payload])
    }

    /// Authenticates the end of the chain.
    package func head(sequence: Int64, link: [UInt8]) -> [UInt8] {
        authenticate(label: "latchkey audit head", sequence: sequence, parts: [link])
    }

    /// Authenticates what the first record that is kept follows.
    package func base(sequence: Int64, link: [UInt8]) -> [UInt8] {
        authenticate(label: "latchkey audit base", sequence: sequence, parts: [link])
    }

    private func authenticate(label: String, sequence: Int64, parts: [[UInt8]]) -> [UInt8] {
        var hmac = mac
        hmac.update(data: Array(label.utf8))
        hmac.update(data: Self.bigEndian(sequence))
        for part in parts {
            hmac.update(data: Self.bigEndian(Int64(part.count)))
            hmac.update(data: part)
        }
        return Array(hmac.finalize())
    }

    private static func bigEndian(_ value: Int64) -> [UInt8] {
        (0..<8).map { UInt8(truncatingIfNeeded: value >> (56 - 8 * Int64($0))) }
    }
}
