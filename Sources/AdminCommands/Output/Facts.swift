/// Names with values beside them, wrapped to 80 places.
struct Facts {
    private var lines: [(name: String, value: String)] = []

    mutating func add(_ name: String, _ value: String?) {
        if let value { lines.append((name, VisibleText.of(value))) }
    }

    var text: String {
        let indent = (lines.map(\.name.count).max() ?? 0) + 2
        return lines.map { line in
            let name = line.name + String(repeating: " ", count: indent - line.name.count)
            let rows = Self.wrap(line.value, width: Table.width - indent)
            return name + rows.joined(separator: "\n" + String(repeating: " ", count: indent))
        }.joined(separator: "\n")
    }

    static func wrap(_ text: String, width: Int) -> [String] {
        var rows = [""]
        for word in text.split(separator: " ", omittingEmptySubsequences: false) {
            let last = rows[rows.count - 1]
            if last.isEmpty {
                rows[rows.count - 1] = String(word)
            } else if last.count + 1 + word.count <= width {
                rows[rows.count - 1] = last + " " + word
            } else {
                rows.append(String(word))
            }
        }
        return rows
    }
}
