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
        guard bytes.allSatisfy({ $0 < 0x80 }) else { return nil }
        return unsafe String(unsafeUninitializedCapacity: bytes.count) { key in
            var count = 0
            for byte in bytes {
                switch byte {
                case 0x09...0x0D, 0x20:
                    guard count > 0, unsafe key[count - 1] != 0x20 else { continue }
                    unsafe key[count] = 0x20
                case UInt8(ascii: "A")...UInt8(ascii: "Z"): unsafe key[count] = byte | 0x20
                default: unsafe key[count] = byte
                }
                count += 1
            }
            let endsInSpace = unsafe count > 0 && key[count - 1] == 0x20
            return endsInSpace ? count - 1 : count
        }
    }

    private static func unicodeKey(_ value: String) -> String {
        value.precomposedStringWithCompatibilityMapping.lowercased()
            .precomposedStringWithCompatibilityMapping
            .split(whereSeparator: \.isWhitespace)
            .joined(separator: " ")
    }
}
