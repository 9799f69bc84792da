/// What a search looks for (RFC 4515). Can only be built from parts, which are escaped here, or from text that
/// has been parsed.
package struct Filter: Sendable, Hashable, CustomStringConvertible {
    /// The string form, escaped.
    package let text: String

    package var description: String { text }

    private init(unchecked text: String) { self.text = text }

    /// A filter that an operator wrote.
    ///
    /// - Throws: `invalidArgument`, saying what is wrong and where.
    package init(_ text: String) throws(LDAPError) {
        var parser = FilterParser(text)
        do throws(FilterSyntaxError) {
            try parser.parse()
        } catch {
            throw LDAPError(
                .invalidArgument,
                operation: "filter",
                diagnostic: "\"\(text)\" is not a filter (RFC 4515): \(error.reason) at byte \(error.position)"
            )
        }
        self.init(unchecked: text)
    }

    package static func equal(_ attribute: AttributeName, _ value: String) -> Filter {
        equal(attribute, octets: Array(value.utf8))
    }

    package static func equal(_ attribute: AttributeName, octets value: [UInt8]) -> Filter {
        Filter(unchecked: "(\(attribute.text)=\(escape(value)))")
    }

    package static func present(_ attribute: AttributeName) -> Filter {
        Filter(unchecked: "(\(attribute.text)=*)")
    }

    /// Values that begin with this text.
    package static func prefix(_ attribute: AttributeName, _ start: String) -> Filter {
        Filter(unchecked: "(\(attribute.text)=\(escape(Array(start.utf8)))*)")
    }

    /// Values that contain this text.
    package static func contains(_ attribute: AttributeName, _ part: String) -> Filter {
        Filter(unchecked: "(\(attribute.text)=*\(escape(Array(part.utf8)))*)")
    }

    /// Values that are equal or come later in the attribute's order (RFC 4511, 4.5.1.7.3).
    package static func notBefore(_ attribute: AttributeName, _ value: String) -> Filter {
        Filter(unchecked: "(\(attribute.text)>=\(escape(Array(value.utf8))))")
    }

    /// All of them; of none, everything (RFC 4526).
    package static func and(_ filters: [Filter]) -> Filter {
        Filter(unchecked: "(&\(filters.map(\.text).joined()))")
    }

    /// Any of them; of none, nothing (RFC 4526).
    package static func or(_ filters: [Filter]) -> Filter {
        Filter(unchecked: "(|\(filters.map(\.text).joined()))")
    }

    package static func not(_ filter: Filter) -> Filter {
        Filter(unchecked: "(!\(filter.text))")
    }

    /// Everything but letters, digits and a few harmless signs as `\xx`.
    private static func escape(_ value: [UInt8]) -> String {
        var text: [UInt8] = []
        for byte in value {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "@"), UInt8(ascii: "="), UInt8(ascii: ","), UInt8(ascii: " "):
                text.append(byte)
            default:
                Hexadecimal.escape(byte, into: &text)
            }
        }
        return String(decoding: text, as: UTF8.self)
    }
}
