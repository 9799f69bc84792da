import Identity
/// How a text search finds the beginnings of words without a pattern: nothing in the text means anything to SQL.
///
/// The column `words` holds each value with a space before each word; a word that begins with the text is then
/// found as the text with a space before it (`instr`).
enum SearchWords {
    /// Words of one search; more are not looked at.
    static let limit = 8

    static func stored(_ values: [MatchKey?]) -> String {
        var words = ""
        for case let value? in values where !value.text.isEmpty {
            words += " "
            words += spaced(value.text)
            words += "\n"
        }
        return words
    }

    /// What must all be found, each with the space before it. Empty when the text has no word.
    static func sought(_ text: String) -> [String] {
        spaced(MatchKey(text).text).split(separator: " ").prefix(limit).map { " " + $0 }
    }

    /// Double names count as two words.
    private static func spaced(_ text: String) -> String {
        guard text.utf8.contains(UInt8(ascii: "-")) else { return text }
        return String(decoding: text.utf8.map { $0 == UInt8(ascii: "-") ? UInt8(ascii: " ") : $0 }, as: UTF8.self)
    }
}
