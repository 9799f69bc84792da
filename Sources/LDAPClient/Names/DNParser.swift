/// One `type=value` of a relative name, the value unescaped.
struct DNPair: Equatable {
    var type: String
    var value: [UInt8]
}

struct DNSyntaxError: Error, Equatable {
    var reason: String
    /// In bytes from the start of the text.
    var position: Int
}

/// Takes the string form of a distinguished name apart (RFC 4514, 3). Allows spaces around separators and the
/// quoted values of RFC 2253, as servers do.
struct DNParser {
    private let bytes: [UInt8]
    private var position = 0

    /// No real name is longer.
    private static let bytesMax = 16 << 10

    init(_ text: String) { bytes = Array(text.utf8) }

    mutating func parse() throws(DNSyntaxError) -> [[DNPair]] {
        guard bytes.count <= Self.bytesMax else { throw error("more than \(Self.bytesMax) bytes") }
        skipSpaces()
        if position == bytes.count { return [] }
        var names: [[DNPair]] = []
        while true {
            var pairs = [try pair()]
            while take("+") { pairs.append(try pair()) }
            names.append(pairs)
            if position == bytes.count { return names }
            guard take(",") || take(";") else { throw error("expected a comma") }
        }
    }

    private func error(_ reason: String) -> DNSyntaxError { DNSyntaxError(reason: reason, position: position) }

    private mutating func pair() throws(DNSyntaxError) -> DNPair {
        skipSpaces()
        let start = position
        while position < bytes.count, Self.isTypeCharacter(bytes[position]) { position += 1 }
        guard position > start else { throw error("expected an attribute type") }
        let type = String(decoding: bytes[start..<position], as: UTF8.self)
        skipSpaces()
        guard take("=") else { throw error("expected =") }
        skipSpaces()
        return DNPair(type: type, value: try value())
    }

    private mutating func value() throws(DNSyntaxError) -> [UInt8] {
        if take("#") { return try hexadecimalValue() }
        if take("\"") { return try quotedValue() }
        var value: [UInt8] = []
        /// Up to where the value is known to count: escaped spaces at its end do, bare ones do not.
        var significant = 0
        while let byte = current, byte != UInt8(ascii: ","), byte != UInt8(ascii: "+"), byte != UInt8(ascii: ";") {
            if byte == UInt8(ascii: "\\") {
                value.append(try escaped())
            } else {
                guard byte != 0, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "<"), byte != UInt8(ascii: ">") else {
                    throw error("a character that must be escaped")
                }
                position += 1
                value.append(byte)
                if byte == UInt8(ascii: " ") { continue }
            }
            significant = value.count
        }
        return Array(value.prefix(significant))
    }

    private mutating func escaped() throws(DNSyntaxError) -> UInt8 {
        position += 1
        guard let first = current else { throw error("nothing after \\") }
        position += 1
        guard let high = Hexadecimal.digit(first) else {
            guard DNEscaping.isSpecial(first) || " #=".utf8.contains(first) else { throw error("an unknown escape") }
            return first
        }
        guard let low = current.flatMap(Hexadecimal.digit) else { throw error("expected two hexadecimal digits") }
        position += 1
        return high << 4 | low
    }

    private mutating func quotedValue() throws(DNSyntaxError) -> [UInt8] {
        var value: [UInt8] = []
        while let byte = current, byte != UInt8(ascii: "\"") {
            if byte == UInt8(ascii: "\\") {
                value.append(try escaped())
            } else {
                value.append(byte)
                position += 1
            }
        }
        guard take("\"") else { throw error("the quotation mark is not closed") }
        skipSpaces()
        return value
    }

    /// `#` and the BER of the value. A string's content is the value; anything else stays as it is.
    private mutating func hexadecimalValue() throws(DNSyntaxError) -> [UInt8] {
        var encoded: [UInt8] = []
        while let high = current.flatMap(Hexadecimal.digit) {
            position += 1
            guard let low = current.flatMap(Hexadecimal.digit) else { throw error("an odd number of digits") }
            position += 1
            encoded.append(high << 4 | low)
        }
        skipSpaces()
        guard !encoded.isEmpty else { throw error("expected hexadecimal digits") }
        var reader = BERReader(encoded)
        guard let element = try? reader.next(), reader.isAtEnd, Self.stringTags.contains(element.tag) else {
            return Array("#".utf8) + encoded
        }
        return Array(encoded[element.content])
    }

    /// OCTET STRING, UTF8String, PrintableString, IA5String.
    private static let stringTags: Set<UInt8> = [0x04, 0x0c, 0x13, 0x16]

    private var current: UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard current == UInt8(ascii: character) else { return false }
        position += 1
        return true
    }

    private mutating func skipSpaces() {
        while current == UInt8(ascii: " ") { position += 1 }
    }

    private static func isTypeCharacter(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"):
            true
        default:
            false
        }
    }
}
