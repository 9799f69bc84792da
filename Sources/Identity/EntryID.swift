/// The immutable identifier of a directory entry: `entryUUID` (RFC 4530), `objectGUID` or `nsUniqueId`.
///
/// A rename keeps it, and a name that is used again gets another one. That is why everything Latchkey
/// knows about a person hangs on it and nothing on a distinguished name.
package struct EntryID: Hashable, Sendable {
    private var high: UInt64
    private var low: UInt64

    /// The number of bytes of an identifier.
    package static let byteCount = 16

    /// - Parameter bytes: exactly 16 bytes, most significant first, as in a Sync State control (RFC 4533, 2.2).
    package init?(bytes: some Sequence<UInt8>) {
        var high: UInt64 = 0
        var low: UInt64 = 0
        var count = 0
        for byte in bytes {
            guard count < Self.byteCount else { return nil }
            high = high << 8 | low >> 56
            low = low << 8 | UInt64(byte)
            count += 1
        }
        guard count == Self.byteCount else { return nil }
        self.high = high
        self.low = low
    }

    /// An identifier made from any bytes: its first sixteen, or fewer with zeros before them.
    package init(folding bytes: some Sequence<UInt8>) {
        high = 0
        low = 0
        var count = 0
        for byte in bytes {
            guard count < Self.byteCount else { break }
            high = high << 8 | low >> 56
            low = low << 8 | UInt64(byte)
            count += 1
        }
    }

    /// The same for an array: a generic initializer is not specialised in another module, and this one runs for
    /// each entry of a refresh.
    package init(folding bytes: [UInt8]) {
        high = 0
        low = 0
        for index in 0..<min(bytes.count, Self.byteCount) {
            high = high << 8 | low >> 56
            low = low << 8 | UInt64(bytes[index])
        }
    }

    /// - Parameter text: 32 hexadecimal digits, hyphens anywhere between them (RFC 4122 and nsUniqueId form).
    package init?(_ text: some StringProtocol) {
        var high: UInt64 = 0
        var low: UInt64 = 0
        var digits = 0
        for character in text.utf8 where character != UInt8(ascii: "-") {
            guard digits < 2 * Self.byteCount, let digit = Self.digit(character) else { return nil }
            high = high << 4 | low >> 60
            low = low << 4 | UInt64(digit)
            digits += 1
        }
        guard digits == 2 * Self.byteCount else { return nil }
        self.high = high
        self.low = low
    }

    /// The sixteen bytes, most significant first.
    package var bytes: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(Self.byteCount)
        for word in [high, low] {
            for shift in stride(from: 56, through: 0, by: -8) {
                bytes.append(UInt8(truncatingIfNeeded: word >> shift))
            }
        }
        return bytes
    }

    /// The same bytes as two numbers in the byte order of the network: what a C interface can take from the stack.
    package var networkWords: (UInt64, UInt64) { (high.bigEndian, low.bigEndian) }

    private static func digit(_ character: UInt8) -> UInt8? {
        switch character {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): character - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): character - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): character - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}

extension EntryID: CustomStringConvertible {
    /// The lower-case form of RFC 4122: `8-4-4-4-12` hexadecimal digits.
    package var description: String {
        let hexadecimal = Array("0123456789abcdef".utf8)
        var text: [UInt8] = []
        text.reserveCapacity(36)
        for (index, byte) in bytes.enumerated() {
            if [4, 6, 8, 10].contains(index) { text.append(UInt8(ascii: "-")) }
            text.append(hexadecimal[Int(byte >> 4)])
            text.append(hexadecimal[Int(byte & 15)])
        }
        return String(decoding: text, as: UTF8.self)
    }
}

extension EntryID: Codable {
    package init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        guard let id = EntryID(text) else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: "not an identifier of 32 hexadecimal digits")
            )
        }
        self = id
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
