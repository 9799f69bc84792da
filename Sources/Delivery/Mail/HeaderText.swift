import Foundation

/// Free text in a header: as it is where it is short ASCII, otherwise as encoded words (RFC 2047).
enum HeaderText {
    /// An encoded word has at most 75 characters (RFC 2047, 2); 12 are its frame, four in three are base64.
    private static let wordBytesMax = 45
    /// Longer text is encoded, so that it can be folded anywhere.
    private static let plainBytesMax = 60

    /// Whether the text is one line: no CR, LF or other control character could begin a header of its own.
    static func isSafe(_ text: String) -> Bool {
        text.unicodeScalars.allSatisfy { scalar in
            switch scalar.properties.generalCategory {
            case .control, .lineSeparator, .paragraphSeparator: false
            default: true
            }
        }
    }

    static func encoded(_ text: String) -> String {
        let isPlain = text.utf8.allSatisfy { (0x20..<0x7f).contains($0) } && !text.contains("=?")
        return isPlain && text.utf8.count <= plainBytesMax ? text : words(text)
    }

    /// A name before an address: a quoted string where ASCII does (RFC 5322, 3.2.4).
    static func phrase(_ name: String) -> String {
        let encoded = encoded(name)
        guard encoded == name else { return encoded }
        return "\"" + name.flatMap { $0 == "\"" || $0 == "\\" ? ["\\", $0] : [$0] } + "\""
    }

    /// No character is cut in two (RFC 2047, 5).
    private static func words(_ text: String) -> String {
        var chunks: [[UInt8]] = [[]]
        for scalar in text.unicodeScalars {
            let bytes = Array(String(scalar).utf8)
            if chunks[chunks.count - 1].count + bytes.count > wordBytesMax { chunks.append([]) }
            chunks[chunks.count - 1] += bytes
        }
        return chunks.map { "=?UTF-8?B?\(Data($0).base64EncodedString())?=" }.joined(separator: "\r\n ")
    }
}
