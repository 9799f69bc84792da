enum Hexadecimal {
    static func digit(_ character: UInt8) -> UInt8? {
        switch character {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): character - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): character - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): character - UInt8(ascii: "A") + 10
        default: nil
        }
    }

    /// `\` and two lower-case digits, as RFC 4514 and RFC 4515 escape a byte.
    static func escape(_ byte: UInt8, into text: inout [UInt8]) {
        text.append(UInt8(ascii: "\\"))
        text.append(digits[Int(byte >> 4)])
        text.append(digits[Int(byte & 15)])
    }

    private static let digits = Array("0123456789abcdef".utf8)
}
