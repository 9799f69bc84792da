/// Validates what people type as address or number, and gives the one form that is stored.
package enum MethodValue {
    /// RFC 5321, 4.5.3.1: 64 octets before the `@`, 254 in all.
    package static let emailLimit = 254
    private static let localPartLimit = 64

    /// - Throws: ``ServiceError`` of code `invalidValue` that names the member.
    package static func normalized(_ text: String, kind: MethodKind) throws(ServiceError) -> String {
        switch kind {
        case .email: try email(text)
        case .mobilePhone: try number(text)
        }
    }

    /// The name of the member that carries the value in a request.
    package static func member(of kind: MethodKind) -> String {
        switch kind {
        case .email: "address"
        case .mobilePhone: "number"
        }
    }

    /// A dot-atom, an `@`, and a host name with a dot (RFC 5321, 4.1.2). Quoted local parts and address
    /// literals are refused: nobody has them, and every mail header injection needs them.
    private static func email(_ text: String) throws(ServiceError) -> String {
        let address = text.trimmed
        let parts = address.split(separator: "@", omittingEmptySubsequences: false)
        guard
            address.utf8.count <= emailLimit, parts.count == 2,
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

    /// E.164: a plus, a country code that does not begin with 0, at most 15 digits. Spaces, hyphens, dots
    /// and parentheses between digits are taken out.
    private static func number(_ text: String) throws(ServiceError) -> String {
        let compact = text.trimmed.filter { !" -.()".contains($0) }
        let digits = compact.dropFirst()
        guard
            compact.first == "+", (8...15).contains(digits.utf8.count), digits.first != "0",
            digits.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
        else {
            throw ServiceError(
                .invalidValue,
                "This is not a phone number in international form. It should look like +12025550142.",
                field: "number"
            )
        }
        return compact
    }
}

extension String {
    /// Without leading and trailing spaces and tabs.
    fileprivate var trimmed: String {
        var text = self[...]
        while let first = text.first, first == " " || first == "\t" { text = text.dropFirst() }
        while let last = text.last, last == " " || last == "\t" { text = text.dropLast() }
        return String(text)
    }
}
