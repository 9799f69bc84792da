struct FilterSyntaxError: Error, Equatable {
    var reason: String
    /// In bytes from the start of the text.
    var position: Int
}

/// Checks the string form of a filter strictly (RFC 4515, 3): libldap itself forgives too much.
struct FilterParser {
    private let bytes: [UInt8]
    private var position = 0

    private static let bytesMax = 8 << 10
    private static let depthMax = 32

    init(_ text: String) { bytes = Array(text.utf8) }

    mutating func parse() throws(FilterSyntaxError) {
        guard bytes.count <= Self.bytesMax else { throw error("more than \(Self.bytesMax) bytes") }
        try filter(depth: 0)
        guard current == nil else { throw error("something after the filter's end") }
    }

    private func error(_ reason: String) -> FilterSyntaxError {
        FilterSyntaxError(reason: reason, position: position)
    }

    private mutating func filter(depth: Int) throws(FilterSyntaxError) {
        guard depth <= Self.depthMax else { throw error("nested more than \(Self.depthMax) deep") }
        guard take("(") else { throw error("expected (") }
        if take("&") || take("|") {
            while current == UInt8(ascii: "(") { try filter(depth: depth + 1) }
        } else if take("!") {
            try filter(depth: depth + 1)
        } else {
            try item()
        }
        guard take(")") else { throw error("expected )") }
    }

    private mutating func item() throws(FilterSyntaxError) {
        let start = position
        while let byte = current, Self.isDescriptionCharacter(byte) { position += 1 }
        let hasType = position > start
        let isExtensible = current == UInt8(ascii: ":")
        if isExtensible {
            try matchingRule(hasType: hasType)
        } else {
            guard hasType else { throw error("expected an attribute") }
            _ = take("~") || take(">") || take("<")
        }
        let isEquality =
            !isExtensible && bytes[position - 1] != UInt8(ascii: "~")
            && bytes[position - 1] != UInt8(ascii: ">") && bytes[position - 1] != UInt8(ascii: "<")
        guard take("=") else { throw error("expected =") }
        try value(allowsStars: isEquality)
    }

    /// `[:dn][:rule]:` up to the `=` (RFC 4515, extensible).
    private mutating func matchingRule(hasType: Bool) throws(FilterSyntaxError) {
        let start = position
        while let byte = current, byte != UInt8(ascii: "=") {
            guard byte == UInt8(ascii: ":") || Self.isDescriptionCharacter(byte) else {
                throw error("a character that a matching rule cannot have")
            }
            position += 1
        }
        let parts = bytes[start..<position].split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        guard parts.count >= 2, parts.count <= 4, parts.last?.isEmpty == true,
            parts.dropFirst().dropLast().allSatisfy({ !$0.isEmpty }),
            hasType || parts.count > 2
        else { throw error("not a matching rule") }
    }

    private mutating func value(allowsStars: Bool) throws(FilterSyntaxError) {
        var previousIsStar = false
        while let byte = current, byte != UInt8(ascii: ")") {
            let isStar = byte == UInt8(ascii: "*")
            switch byte {
            case UInt8(ascii: "("), 0:
                throw error("a character that must be escaped as \\28 or \\00")
            case UInt8(ascii: "*"):
                guard allowsStars, !previousIsStar else { throw error("a * that must be escaped as \\2a") }
            case UInt8(ascii: "\\"):
                guard position + 2 < bytes.count, Hexadecimal.digit(bytes[position + 1]) != nil,
                    Hexadecimal.digit(bytes[position + 2]) != nil
                else { throw error("\\ without two hexadecimal digits") }
                position += 2
            default:
                break
            }
            previousIsStar = isStar
            position += 1
        }
    }

    private var current: UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard current == UInt8(ascii: character) else { return false }
        position += 1
        return true
    }

    private static func isDescriptionCharacter(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: ";"),
            UInt8(ascii: "_"):
            true
        default:
            false
        }
    }
}
