/// One change of an entry (RFC 4511, 4.6). Does not show its values: they may be a password.
package struct Modification: Sendable {
    package enum Kind: Int32, Sendable {
        case add = 0
        case delete = 1
        /// With no values: removes the attribute, and is no error where it is absent already.
        case replace = 2
    }

    package var kind: Kind
    package var attribute: AttributeName
    package var values: [[UInt8]]

    package init(_ kind: Kind, _ attribute: AttributeName, _ values: [[UInt8]] = []) {
        self.kind = kind
        self.attribute = attribute
        self.values = values
    }

    package init(_ kind: Kind, _ attribute: AttributeName, text values: [String]) {
        self.init(kind, attribute, values.map { Array($0.utf8) })
    }
}

extension Modification: CustomStringConvertible, CustomReflectable {
    package var description: String { "\(kind) \(attribute) (\(values.count) values)" }
    package var customMirror: Mirror { Mirror(self, children: ["attribute": attribute.text]) }
}
