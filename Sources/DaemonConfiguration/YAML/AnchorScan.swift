/// Finds anchors and aliases before the parser does: an alias used as a key inside nested aliases would cost
/// the parser exponential time, and a configuration needs neither.
///
/// Looks at the place where a node may begin, outside quotes and comments. A plain value that begins with
/// `&` or `*` is not YAML anyway.
struct AnchorScan {
    private var quote: Character?
    /// Whether a node may begin at the next character that is no space.
    private var atNode = true
    private var previous: Character = " "

    /// Line and column, from 1, of each anchor and alias, at most `limit` of them.
    static func places(in text: String, limit: Int) -> [Place] {
        var scan = AnchorScan()
        var found: [Place] = []
        for (line, content) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            guard found.count < limit else { break }
            found += scan.columns(in: content).map { Place(line: line + 1, column: $0) }
        }
        return Array(found.prefix(limit))
    }

    private mutating func columns(in line: Substring) -> [Int] {
        if quote == nil { (atNode, previous) = (true, " ") }
        var columns: [Int] = []
        for (index, character) in line.enumerated() {
            if quote == nil, character == "#", previous == " " { break }
            if take(character) { columns.append(index + 1) }
        }
        return columns
    }

    /// Returns whether an anchor or alias begins here.
    private mutating func take(_ character: Character) -> Bool {
        // A backslash that is itself taken does not take the next character.
        defer { previous = previous == "\\" && character == "\\" ? " " : character }
        if let open = quote {
            // In double quotes, a backslash takes the next character's meaning; '' needs nothing special:
            // it closes and opens again.
            if open == "\"", previous == "\\" {
                return false
            }
            if character == open { (quote, atNode) = (nil, open == "'") }
            return false
        }
        return takePlain(character)
    }

    private mutating func takePlain(_ character: Character) -> Bool {
        switch character {
        case " ", "\t":
            if [":", "-", "?"].contains(previous) { atNode = true }
            return false
        case "[", "{", ",":
            atNode = true
            return false
        case "-", "?":
            return false
        case "\"", "'":
            if atNode { quote = character }
            atNode = false
            return false
        default:
            defer { atNode = false }
            return atNode && (character == "&" || character == "*")
        }
    }
}
