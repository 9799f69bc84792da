extension BERReader {
    /// A two's-complement integer of one to eight bytes.
    func integer(_ range: Range<Int>) throws(BERError) -> Int {
        guard (1...8).contains(range.count) else { throw BERError() }
        var value = Int(Int8(bitPattern: bytes[range.lowerBound]))
        for byte in bytes[range].dropFirst() { value = value << 8 | Int(byte) }
        return value
    }

    package mutating func nextInteger(_ tag: UInt8 = BERTag.integer) throws(BERError) -> Int {
        try integer(try next(tag))
    }

    package mutating func nextBoolean() throws(BERError) -> Bool {
        let range = try next(BERTag.boolean)
        guard range.count == 1 else { throw BERError() }
        return bytes[range.lowerBound] != 0
    }

    package mutating func nextOctets(_ tag: UInt8 = BERTag.octetString) throws(BERError) -> [UInt8] {
        Array(bytes[try next(tag)])
    }

    package mutating func nextString(_ tag: UInt8 = BERTag.octetString) throws(BERError) -> String {
        string(try next(tag))
    }

    /// The bytes as text; what is not UTF-8 becomes U+FFFD.
    func string(_ range: Range<Int>) -> String {
        String(decoding: bytes[range], as: UTF8.self)
    }

    /// A boolean that may be left out (`BOOLEAN DEFAULT …`).
    package mutating func nextBoolean(default value: Bool) throws(BERError) -> Bool {
        nextTag == BERTag.boolean ? try nextBoolean() : value
    }
}
