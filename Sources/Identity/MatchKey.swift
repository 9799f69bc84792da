import Foundation

/// What two values must share to be the same to a directory: the preparation of `caseIgnoreMatch`
/// (RFC 4518, 2: NFKC, case folded, outer spaces gone, inner runs of spaces one space).
package struct MatchKey: Sendable, Hashable {
    package let text: String

    package init(_ value: String) {
        text = Self.latinKey(value.utf8) ?? Self.unicodeKey(value)
    }

    package init?(_ value: String?) {
        guard let value else { return nil }
        self.init(value)
    }

    /// The common case without Foundation: ASCII, and the letters of Latin-1 in their composed form, which NFKC
    /// leaves as they are. 100,000 entries pass here.
    private static func latinKey(_ bytes: String.UTF8View) -> String? {
        var isLatin = true
        let text = unsafe String(unsafeUninitializedCapacity: bytes.count) { key in
            // Contiguous, but for strings that came from elsewhere than Swift.
            let count = unsafe bytes.withContiguousStorageIfAvailable { unsafe write(into: key, $0) }
            guard let count = unsafe count ?? write(into: key, bytes) else {
                isLatin = false
                return 0
            }
            return count
        }
        return isLatin ? text : nil
    }

    /// - Returns: how many bytes were written; nil where there is something else than Latin letters.
    private static func write(into key: UnsafeMutableBufferPointer<UInt8>, _ bytes: some Sequence<UInt8>) -> Int? {
        var count = 0
        var lead: UInt8?
        for byte in bytes {
            guard let folded = fold(byte, after: lead) else { return nil }
            lead = byte >= 0x80 && lead == nil ? byte : nil
            if folded == space, unsafe count == 0 || key[count - 1] == space { continue }
            unsafe key[count] = folded
            count += 1
        }
        let endsInSpace = unsafe count > 0 && key[count - 1] == space
        return endsInSpace ? count - 1 : count
    }

    private static let space: UInt8 = 0x20

    /// - Parameter lead: the byte before, if it is the first of two.
    private static func fold(_ byte: UInt8, after lead: UInt8?) -> UInt8? {
        switch (lead, byte) {
        case (nil, 0x09...0x0D): space
        case (nil, UInt8(ascii: "A")...UInt8(ascii: "Z")): byte | 0x20
        case (nil, ..<0x80): byte
        // U+00C0 to U+00FF are C3 80 to C3 BF; the upper-case ones lie 0x20 before the others.
        case (nil, 0xC3): byte
        case (0xC3, 0x80...0x9E) where byte != 0x97: byte | 0x20
        case (0xC3, 0x97), (0xC3, 0x9F...0xBF): byte
        default: nil
        }
    }

    private static func unicodeKey(_ value: String) -> String {
        value.precomposedStringWithCompatibilityMapping.lowercased()
            .precomposedStringWithCompatibilityMapping
            .split(whereSeparator: \.isWhitespace)
            .joined(separator: " ")
    }
}
