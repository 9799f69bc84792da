/// The name of an entry (RFC 4514). Can only be built from text that is one, or from parts that are escaped here.
package struct DistinguishedName: Sendable {
    /// As it was given.
    package let text: String
    /// One canonical text for each relative name, the entry's own first.
    let relativeNames: [String]

    /// The root DSE.
    package static let root = DistinguishedName(text: "", relativeNames: [])

    private init(text: String, relativeNames: [String]) {
        self.text = text
        self.relativeNames = relativeNames
    }

    /// A name in a form of one product's, which has no relative names: only good as the base of a search.
    init(alternative text: String) { self.init(text: text, relativeNames: []) }

    /// - Throws: `invalidArgument` for text that is not a distinguished name.
    package init(_ text: String) throws(LDAPError) {
        var parser = DNParser(text)
        do throws(DNSyntaxError) {
            self.init(text: text, relativeNames: try parser.parse().map(CanonicalDN.relativeName))
        } catch {
            throw LDAPError(
                .invalidArgument,
                operation: "name",
                diagnostic:
                    "\"\(text)\" is not a distinguished name (RFC 4514): \(error.reason) at byte \(error.position)"
            )
        }
    }

    /// The one form that all spellings of the name share: types and values in lower case, insignificant spaces
    /// gone, one way to escape, the parts of a multi-valued relative name in order.
    package var canonical: String { relativeNames.joined(separator: ",") }

    /// The name of an entry below this one. The value is escaped.
    package func appending(_ attribute: AttributeName, _ value: String) -> DistinguishedName {
        let pair = DNPair(type: attribute.text, value: Array(value.utf8))
        let own = attribute.text + "=" + DNEscaping.escape(value)
        return DistinguishedName(
            text: text.isEmpty ? own : own + "," + text,
            relativeNames: [CanonicalDN.relativeName([pair])] + relativeNames
        )
    }

    /// Whether the entry lies below the other one, at any depth.
    package func isDescendant(of other: DistinguishedName) -> Bool {
        relativeNames.count > other.relativeNames.count
            && relativeNames.suffix(other.relativeNames.count).elementsEqual(other.relativeNames)
    }

    /// The canonical form of a name as a server writes it; fast for plain ASCII.
    ///
    /// - Throws: `invalidArgument` for text that is not a distinguished name.
    package static func canonical(_ text: String) throws(LDAPError) -> String {
        if let plain = PlainDN.canonical(text) { return plain }
        return try DistinguishedName(text).canonical
    }
}

extension DistinguishedName: Hashable {
    package static func == (left: DistinguishedName, right: DistinguishedName) -> Bool {
        left.relativeNames == right.relativeNames
    }

    package func hash(into hasher: inout Hasher) { hasher.combine(relativeNames) }
}

extension DistinguishedName: CustomStringConvertible {
    package var description: String { text }
}
