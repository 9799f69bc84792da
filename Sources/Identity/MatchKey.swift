import Foundation

/// What two values must share to be the same to a directory: the preparation of `caseIgnoreMatch`
/// (RFC 4518, 2: NFKC, case folded, outer spaces gone, inner runs of spaces one space).
package struct MatchKey: Sendable, Hashable {
    package let text: String

    package init(_ value: String) {
        text = Self.asciiKey(value.utf8) ?? Self.unicodeKey(value)
    }

    package init?(_ value: String?) {
        guard let value else { return nil }
        self.init(value)
    }

    /// The common case without Foundation: 100,000 entries pass here.
    private static func asciiKey(_ bytes: String.UTF8View) -> String? {
        var key: [UInt8] = []
        key.reserveCapacity(bytes.count)
        for byte in bytes {
            switch byte {
            case 0x80...: return nil
            case 0x09...0x0D, 0x20: if let last = key.last, last != 0x20 { key.append(0x20) }
            case UInt8(ascii: "A")...UInt8(ascii: "Z"): key.append(byte | 0x20)
            default: key.append(byte)
            }
        }
        if key.last == 0x20 { key.removeLast() }
        return String(decoding: key, as: UTF8.self)
    }

    private static func unicodeKey(_ value: String) -> String {
        value.precomposedStringWithCompatibilityMapping.lowercased()
            .precomposedStringWithCompatibilityMapping
            .split(whereSeparator: \.isWhitespace)
            .joined(separator: " ")
    }
}
