/// Escaping of values in distinguished names (RFC 4514, 2.4).
enum DNEscaping {
    private static let special = Set("\"+,;<>\\".utf8)

    static func isSpecial(_ byte: UInt8) -> Bool { special.contains(byte) }

    static func escape(_ value: String) -> String {
        let bytes = Array(value.utf8)
        var text: [UInt8] = []
        for (index, byte) in bytes.enumerated() {
            let isFirst = index == 0
            let isLast = index == bytes.count - 1
            let isEdgeSpace = byte == UInt8(ascii: " ") && (isFirst || isLast)
            if byte == 0 {
                Hexadecimal.escape(byte, into: &text)
                continue
            }
            if isSpecial(byte) || isEdgeSpace || isFirst && byte == UInt8(ascii: "#") {
                text.append(UInt8(ascii: "\\"))
            }
            text.append(byte)
        }
        return String(decoding: text, as: UTF8.self)
    }
}
