/// A domain whose SRV records name its directory servers.
package struct ServiceDomain: Sendable, Hashable, CustomStringConvertible {
    /// Lower case, without a final dot.
    package let name: String

    package var description: String { name }

    private static let lengthMax = 253
    private static let labelMax = 63

    /// - Throws: `invalidArgument`, with what is wrong with the text.
    package init(_ text: String) throws(LDAPError) {
        let name = Self.plain(text)
        let labels = name.split(separator: ".", omittingEmptySubsequences: false)
        let isGood =
            name.utf8.count <= Self.lengthMax
            && labels.allSatisfy { label in
                (1...Self.labelMax).contains(label.utf8.count) && label.utf8.allSatisfy(Self.isAllowed)
            }
        guard isGood else {
            throw LDAPError(
                .invalidArgument,
                operation: "server",
                server: "srv:\(text)",
                diagnostic: "expected a domain in ASCII after srv:, for example srv:example.org"
            )
        }
        self.name = name
    }

    private static func isAllowed(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"),
            UInt8(ascii: "_"):
            true
        default: false
        }
    }

    private static func plain(_ text: String) -> String {
        let text = text.lowercased()
        return text.hasSuffix(".") ? String(text.dropLast()) : text
    }

    /// Whether a host is the domain itself or below it.
    ///
    /// DNS answers are not proven. The certificate is checked against the target's name, so whoever forges an
    /// answer could name a host of their own with a good certificate of its own (RFC 6125, 6.2.1; RFC 4513,
    /// 3.1.3: a name from an insecure source is no reference identity). A forged answer can therefore only choose
    /// among hosts of the domain that the operator wrote down, and they must prove their names.
    package func contains(_ host: String) -> Bool {
        let host = Self.plain(host)
        return host == name || host.hasSuffix("." + name)
    }
}
