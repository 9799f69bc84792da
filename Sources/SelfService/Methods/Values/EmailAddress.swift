/// Validates what people type as an address, and gives the one form that is stored.
package enum EmailAddress {
    /// RFC 5321, 4.5.3.1: 64 octets before the `@`, 254 in all.
    package static let byteLimit = 254
    private static let localPartLimit = 64

    /// A dot-atom, an `@`, and a host name with a dot (RFC 5321, 4.1.2). Quoted local parts and address
    /// literals are refused: nobody has them, and every mail header injection needs them.
    /// - Throws: ``ServiceError`` of code `invalidValue` that names the member.
    package static func normalized(_ text: String) throws(ServiceError) -> String {
        let address = text.withoutOuterBlanks
        let parts = address.split(separator: "@", omittingEmptySubsequences: false)
        guard
            address.utf8.count <= byteLimit, parts.count == 2,
            parts[0].utf8.count <= localPartLimit, isDotAtom(parts[0]), isHostName(parts[1])
        else {
            throw ServiceError(
                .invalidValue,
                "This is not an email address. It should look like name@example.org.",
                field: "address"
            )
        }
        // Domains compare without case (RFC 5321, 2.4); the local part stays as typed: it is the owner's.
        return "\(parts[0])@\(parts[1].lowercased())"
    }

    private static func isDotAtom(_ part: Substring) -> Bool {
        let atoms = part.split(separator: ".", omittingEmptySubsequences: false)
        return atoms.allSatisfy { !$0.isEmpty && $0.utf8.allSatisfy(isAtomText) }
    }

    private static func isAtomText(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: "!#$%&'*+-/=?^_`{|}~".utf8.contains(byte)
        }
    }

    private static func isHostName(_ part: Substring) -> Bool {
        let labels = part.split(separator: ".", omittingEmptySubsequences: false)
        return labels.count >= 2
            && labels.allSatisfy { label in
                (1...63).contains(label.utf8.count) && label.first != "-" && label.last != "-"
                    && label.utf8.allSatisfy(isHostCharacter)
            }
    }

    private static func isHostCharacter(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"):
            true
        default: false
        }
    }
}
