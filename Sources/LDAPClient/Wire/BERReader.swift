/// Reads the subset of BER that LDAP uses (RFC 4511, 5.1): definite lengths and single-byte tags.
///
/// Every length is checked against the enclosing element before it is used: bytes that are not BER give a
/// ``BERError``, whatever they are.
package struct BERReader {
    package let bytes: [UInt8]
    private(set) var position: Int
    let end: Int

    package init(_ bytes: [UInt8]) {
        self.init(bytes, within: 0..<bytes.count)
    }

    /// - Parameter range: clamped to the bytes that exist.
    package init(_ bytes: [UInt8], within range: Range<Int>) {
        self.bytes = bytes
        let clamped = range.clamped(to: 0..<bytes.count)
        position = clamped.lowerBound
        end = clamped.upperBound
    }

    package var isAtEnd: Bool { position >= end }
    /// The tag of what comes next, or `nil` at the end.
    package var nextTag: UInt8? { position < end ? bytes[position] : nil }

    /// The content of the next element, whatever its tag.
    package mutating func next() throws(BERError) -> BERElement {
        guard end - position >= 2 else { throw BERError() }
        let tag = bytes[position]
        guard tag & BERTag.number != BERTag.number else { throw BERError() }
        var start = position + 2
        var length = Int(bytes[position + 1])
        if length > Self.longestShortLength { length = try longLength(&start) }
        guard length <= end - start else { throw BERError() }
        position = start + length
        return BERElement(tag: tag, content: start..<position)
    }

    package mutating func next(_ tag: UInt8) throws(BERError) -> Range<Int> {
        let element = try next()
        guard element.tag == tag else { throw BERError() }
        return element.content
    }

    /// The next element if it has this tag; otherwise nothing is read.
    package mutating func nextIfPresent(_ tag: UInt8) throws(BERError) -> Range<Int>? {
        nextTag == tag ? try next(tag) : nil
    }

    package func reader(within range: Range<Int>) -> BERReader { BERReader(bytes, within: range) }

    private static let longestShortLength = 0x7f
    private static let lengthBytesMax = 4

    private func longLength(_ start: inout Int) throws(BERError) -> Int {
        let count = Int(bytes[start - 1] & 0x7f)
        guard (1...Self.lengthBytesMax).contains(count), end - start >= count else { throw BERError() }
        var length = 0
        for byte in bytes[start..<start + count] { length = length << 8 | Int(byte) }
        start += count
        return length
    }
}

/// A tag and where its content lies.
package struct BERElement {
    package let tag: UInt8
    package let content: Range<Int>
}

/// The bytes are not the BER that was expected.
package struct BERError: Error, Equatable {}

package enum BERTag {
    /// The bits of a tag that hold its number; all set means that more bytes follow, which LDAP never uses.
    package static let number: UInt8 = 0x1f
    package static let boolean: UInt8 = 0x01
    package static let integer: UInt8 = 0x02
    package static let octetString: UInt8 = 0x04
    package static let enumerated: UInt8 = 0x0a
    package static let sequence: UInt8 = 0x30
    package static let set: UInt8 = 0x31
    package static func context(_ number: UInt8) -> UInt8 { 0x80 | number }
    package static func contextConstructed(_ number: UInt8) -> UInt8 { 0xa0 | number }
}
