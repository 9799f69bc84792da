/// An entry as a search delivers it: the bytes that came, checked once and decoded where asked.
///
/// No dictionary is built; a read looks through where the few attributes lie that were requested.
package struct SearchEntry: Sendable {
    /// The name, as the server writes it.
    package let dn: String
    private let bytes: [UInt8]
    private let attributes: [(name: Range<Int>, values: Range<Int>)]

    /// - Throws: ``BERError`` unless every attribute and every value is well formed.
    init(_ message: ServerMessage) throws(BERError) {
        var reader = message.operation
        dn = try reader.nextString()
        bytes = message.bytes
        var list = reader.reader(within: try reader.next(BERTag.sequence))
        var found: [(name: Range<Int>, values: Range<Int>)] = []
        found.reserveCapacity(Self.usualCount)
        while !list.isAtEnd {
            var attribute = list.reader(within: try list.next(BERTag.sequence))
            let name = try attribute.next(BERTag.octetString)
            let set = try attribute.next(BERTag.set)
            var values = attribute.reader(within: set)
            while !values.isAtEnd { _ = try values.next(BERTag.octetString) }
            found.append((name, set))
        }
        attributes = found
    }

    /// Attributes of a person, as far as they are mapped.
    private static let usualCount = 12

    /// The first value as text; `nil` where the attribute is absent. What is not UTF-8 becomes U+FFFD.
    package func string(_ name: AttributeName) -> String? {
        var values = values(of: name)
        return values.next().map { String(decoding: bytes[$0], as: UTF8.self) }
    }

    /// All values as text.
    package func strings(_ name: AttributeName) -> [String] {
        var texts: [String] = []
        var values = values(of: name)
        while let range = values.next() { texts.append(String(decoding: bytes[range], as: UTF8.self)) }
        return texts
    }

    /// All values as bytes.
    package func octets(_ name: AttributeName) -> [[UInt8]] {
        var list: [[UInt8]] = []
        var values = values(of: name)
        while let range = values.next() { list.append(Array(bytes[range])) }
        return list
    }

    /// Whether the attribute has a value.
    package func has(_ name: AttributeName) -> Bool {
        var values = values(of: name)
        return values.next() != nil
    }

    /// The names of the attributes, in the server's order and spelling.
    package var attributeNames: [String] {
        attributes.map { String(decoding: bytes[$0.name], as: UTF8.self) }
    }

    private func values(of name: AttributeName) -> ValueRanges {
        let set = attributes.first { matches(name, $0.name) }?.values
        return ValueRanges(reader: BERReader(bytes, within: set ?? 0..<0))
    }

    private func matches(_ name: AttributeName, _ range: Range<Int>) -> Bool {
        guard range.count == name.folded.count else { return false }
        var index = range.lowerBound
        for character in name.folded {
            guard bytes[index] | AttributeName.caseBit == character else { return false }
            index += 1
        }
        return true
    }
}

/// Where the values of one attribute lie.
private struct ValueRanges {
    var reader: BERReader

    mutating func next() -> Range<Int>? {
        reader.isAtEnd ? nil : try? reader.next(BERTag.octetString)
    }
}
