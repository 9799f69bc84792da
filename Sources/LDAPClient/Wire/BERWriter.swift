/// Writes the subset of BER that LDAP uses: definite lengths and single-byte tags.
package struct BERWriter {
    package private(set) var bytes: [UInt8] = []

    package init() {}

    package mutating func octets(_ value: some Collection<UInt8>, tag: UInt8 = BERTag.octetString) {
        bytes.append(tag)
        length(value.count)
        bytes.append(contentsOf: value)
    }

    /// In as few bytes as two's complement allows.
    package mutating func integer(_ value: Int, tag: UInt8 = BERTag.integer) {
        var rest = value
        var content: [UInt8] = []
        repeat {
            content.insert(UInt8(truncatingIfNeeded: rest), at: 0)
            rest >>= 8
        } while !(rest == 0 && content[0] < 0x80 || rest == -1 && content[0] >= 0x80)
        octets(content, tag: tag)
    }

    package mutating func boolean(_ value: Bool) {
        octets(CollectionOfOne(value ? 0xff : 0), tag: BERTag.boolean)
    }

    package mutating func constructed(_ tag: UInt8 = BERTag.sequence, _ body: (inout BERWriter) -> Void) {
        var inner = BERWriter()
        body(&inner)
        octets(inner.bytes, tag: tag)
    }

    private mutating func length(_ count: Int) {
        guard count > 0x7f else { return bytes.append(UInt8(count)) }
        var digits: [UInt8] = []
        var rest = count
        while rest > 0 {
            digits.insert(UInt8(truncatingIfNeeded: rest), at: 0)
            rest >>= 8
        }
        bytes.append(0x80 | UInt8(digits.count))
        bytes.append(contentsOf: digits)
    }
}
