/// A set of row ids as one bit each: 100,000 rows take 12.5 KB.
struct RowSet: Sendable {
    private var words: [UInt64] = []
    private(set) var count = 0

    /// - Returns: whether it was not in the set before.
    @discardableResult
    mutating func insert(_ row: Int64) -> Bool {
        let (word, bit) = Self.place(row)
        if word >= words.count {
            words.append(contentsOf: repeatElement(0, count: word + 1 - words.count))
        }
        guard words[word] & bit == 0 else { return false }
        words[word] |= bit
        count += 1
        return true
    }

    /// - Returns: whether it was in the set before.
    @discardableResult
    mutating func remove(_ row: Int64) -> Bool {
        guard contains(row) else { return false }
        let (word, bit) = Self.place(row)
        words[word] &= ~bit
        count -= 1
        return true
    }

    func contains(_ row: Int64) -> Bool {
        let (word, bit) = Self.place(row)
        return word < words.count && words[word] & bit != 0
    }

    /// All rows, in their order.
    var rows: [Int64] {
        words.indices.filter { words[$0] != 0 }.flatMap { word in
            (0..<Int64(64)).filter { words[word] & (1 << UInt64($0)) != 0 }.map { Int64(word) << 6 | $0 }
        }
    }

    private static func place(_ row: Int64) -> (word: Int, bit: UInt64) {
        (Int(row >> 6), 1 << UInt64(row & 63))
    }
}
