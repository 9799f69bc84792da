/// The description of an attribute: its type and options, such as `mail` or `member;range=0-1499`
/// (RFC 4512, 2.5). Compared without regard to case.
package struct AttributeName: Sendable, CustomStringConvertible {
    package let text: String
    /// `text` with the bit set that makes ASCII letters lower-case and leaves the others of an attribute's
    /// characters alone.
    let folded: [UInt8]

    static let caseBit: UInt8 = 0x20

    package var description: String { text }

    /// - Throws: `invalidArgument` if the text is not letters, digits, hyphens, dots, semicolons or `=` (or `*`, `+`).
    package init(_ text: String) throws(LDAPError) {
        guard Self.isValid(text) else {
            throw LDAPError(
                .invalidArgument,
                operation: "attribute",
                diagnostic: "\"\(text)\" is not an attribute's name (RFC 4512, 2.5)"
            )
        }
        self.init(unchecked: text)
    }

    /// For a name that is known to be one.
    init(unchecked text: String) {
        self.text = text
        folded = text.utf8.map { $0 | Self.caseBit }
    }

    private static let lengthMax = 256

    private static func isValid(_ text: String) -> Bool {
        if text == "*" || text == "+" { return true }
        guard (1...lengthMax).contains(text.utf8.count) else { return false }
        return text.utf8.allSatisfy { character in
            switch character {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: ";"),
                UInt8(ascii: "="), UInt8(ascii: "_"):
                true
            default:
                false
            }
        }
    }
}

extension AttributeName: Hashable {
    package static func == (left: AttributeName, right: AttributeName) -> Bool { left.folded == right.folded }
    package func hash(into hasher: inout Hasher) { hasher.combine(folded) }
}

extension AttributeName: ExpressibleByStringLiteral {
    /// For names in the source, where a wrong one is a mistake of ours.
    package init(stringLiteral text: String) {
        precondition(Self.isValid(text), "\(text) is not an attribute's name")
        self.init(unchecked: text)
    }
}
