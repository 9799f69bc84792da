/// One entry of the journal as systemd's native protocol has it: a field on each line, `NAME=value`, and a value with
/// newlines behind its length. Bounded, so that it always fits into one datagram.
struct JournalEntry {
    /// In bytes of UTF-8. What is longer is cut.
    static let messageLimit = 16_384
    static let valueLimit = 4096
    static let detailsMax = 24
    /// The longest name that journald takes.
    private static let nameLimit = 64
    private static let prefix = "LATCHKEY_"

    private(set) var bytes: [UInt8] = []

    init(message: String, priority: Int, id: String?, details: [(key: String, value: String)]) {
        add("MESSAGE", message, limit: Self.messageLimit)
        add("PRIORITY", "\(priority)")
        add("SYSLOG_IDENTIFIER", "latchkeyd")
        if let id { add("MESSAGE_ID", id) }
        for detail in details.prefix(Self.detailsMax) { add(Self.name(detail.key), detail.value) }
    }

    /// journald ignores names with anything but capital letters, digits and underscores.
    static func name(_ key: String) -> String {
        let letters = key.uppercased().utf8.map { byte in
            isTaken(byte) ? byte : UInt8(ascii: "_")
        }
        return String((prefix + String(decoding: letters, as: UTF8.self)).prefix(nameLimit))
    }

    private static func isTaken(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }

    private mutating func add(_ name: String, _ value: String, limit: Int = valueLimit) {
        let value = Self.cut(value, to: limit)
        bytes += Array(name.utf8)
        if value.contains(Self.newline) {
            bytes.append(Self.newline)
            bytes += (0..<8).map { UInt8(truncatingIfNeeded: UInt64(value.count) >> (8 * $0)) }
        } else {
            bytes.append(UInt8(ascii: "="))
        }
        bytes += value
        bytes.append(Self.newline)
    }

    /// Never within a character.
    private static func cut(_ text: String, to limit: Int) -> [UInt8] {
        guard text.utf8.count > limit else { return Array(text.utf8) }
        var end = text.utf8.index(text.startIndex, offsetBy: limit)
        while end.samePosition(in: text.unicodeScalars) == nil { end = text.utf8.index(before: end) }
        return Array(text[..<end].utf8)
    }

    private static let newline = UInt8(ascii: "\n")
}
