/// A mail address with an optional name for people, as in `Latchkey <no-reply@example.org>`.
///
/// An address that exists can stand in a command or a header as it is: it holds no space, no control character
/// and none of the characters that end an address.
package struct MailAddress: Sendable, Equatable {
    let name: String?
    /// `local@domain`.
    let address: String

    /// RFC 5321, 4.5.3.1.3: a path has 256 octets, the angle brackets among them.
    static let addressBytesMax = 254
    static let nameCharactersMax = 100

    /// - Returns: nil where the text is no address that mail of ASCII can be sent to.
    package init?(_ text: String) {
        guard let open = text.lastIndex(of: "<") else {
            self.init(name: nil, address: text)
            return
        }
        guard text.hasSuffix(">") else { return nil }
        let name = text[..<open].trimmingPrefix { $0 == " " }.reversed().trimmingPrefix { $0 == " " }.reversed()
        self.init(
            name: name.isEmpty ? nil : String(name),
            address: String(text[text.index(after: open)...].dropLast())
        )
    }

    init?(name: String?, address: String) {
        guard Self.isAddress(address), name.map(Self.isName) ?? true else { return nil }
        self.name = name
        self.address = address
    }

    var domain: Substring { address[address.index(after: address.lastIndex(of: "@") ?? address.startIndex)...] }

    private static func isAddress(_ text: String) -> Bool {
        let bytes = text.utf8
        guard bytes.count <= addressBytesMax, let at = bytes.lastIndex(of: UInt8(ascii: "@")) else { return false }
        let local = bytes[..<at]
        let domain = bytes[bytes.index(after: at)...]
        // The specials of RFC 5322, 3.2.3. Quoted local parts are refused with them.
        let forbidden = Set("()<>[]:;@\\,\"".utf8)
        return !local.isEmpty && !domain.isEmpty && local.first != UInt8(ascii: "-")
            && (Array(local) + Array(domain)).allSatisfy { $0 > 0x20 && $0 < 0x7f && !forbidden.contains($0) }
    }

    private static func isName(_ text: String) -> Bool {
        text.count <= nameCharactersMax && HeaderText.isSafe(text)
    }
}
