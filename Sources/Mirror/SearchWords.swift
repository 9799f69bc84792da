import Identity
/// How a text search finds the beginnings of words without a pattern: nothing in the text means anything to SQL.
///
/// The column `words` holds each value with a space before each word; a word that begins with the text is then
/// found as the text with a space before it (`instr`).
enum SearchWords {
    /// Words of one search; more are not looked at.
    static let limit = 8

    /// Appends them in UTF-8.
    static func append(_ value: MatchKey?, to words: inout [UInt8]) {
        guard let value, !value.text.isEmpty else { return }
        let space = UInt8(ascii: " ")
        words.append(space)
        let start = words.count
        words.append(contentsOf: value.text.utf8)
        // Double names count as two words.
        for index in start..<words.count where words[index] == UInt8(ascii: "-") { words[index] = space }
        words.append(UInt8(ascii: "\n"))
    }

    /// What must all be found, each with the space before it. Empty when the text has no word.
    static func sought(_ text: String) -> [String] {
        spaced(MatchKey(text).text).split(separator: " ").prefix(limit).map { " " + $0 }
    }

    private static func spaced(_ text: String) -> String { text.replacing("-", with: " ") }
}
