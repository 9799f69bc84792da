/// An entry as a search delivers it: the bytes that came, checked once and decoded where asked.
///
/// No dictionary is built; a read looks through the few attributes that were requested.
package struct SearchEntry: Sendable {
    /// The name, as the server writes it.
    package let dn: String
    private let bytes: [UInt8]
    private let attributes: Range<Int>

    /// - Throws: ``BERError`` unless every attribute and every value is well formed.
    init(_ message: ServerMessage) throws(BERError) {
        var reader = message.operation
        dn = try reader.nextString()
        bytes = message.bytes
        attributes = try reader.next(BERTag.sequence)
        var list = reader.reader(within: attributes)
        while !list.isAtEnd {
            var attribute = list.reader(within: try list.next(BERTag.sequence))
            _ = try attribute.next(BERTag.octetString)
            var values = attribute.reader(within: try attribute.next(BERTag.set))
            while !values.isAtEnd { _ = try values.next(BERTag.octetString) }
        }
    }

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
        var names: [String] = []
        var list = BERReader(bytes, within: attributes)
        while let element = try? list.next() {
            var attribute = list.reader(within: element.content)
            if let name = try? attribute.nextString() { names.append(name) }
        }
        return names
    }

    private func values(of name: AttributeName) -> ValueRanges {
        var list = BERReader(bytes, within: attributes)
        while let element = try? list.next() {
            var attribute = list.reader(within: element.content)
            guard let range = try? attribute.next(BERTag.octetString), matches(name, range) else { continue }
            guard let set = try? attribute.next(BERTag.set) else { break }
            return ValueRanges(reader: attribute.reader(within: set))
        }
        return ValueRanges(reader: list.reader(within: 0..<0))
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
