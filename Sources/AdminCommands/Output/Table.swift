/// Aligned columns that fit 80 places.
struct Table {
    struct Column {
        var title: String
        /// The widest that it gets; longer values end in `…`.
        var limit: Int
    }

    static let gap = "  "
    static let width = 80

    private let columns: [Column]
    private let widths: [Int]

    /// - Parameter sample: rows that say how wide the columns need be.
    init(_ columns: [Column], sample: [[String]]) {
        self.columns = columns
        widths = columns.indices.map { index in
            let needed = sample.map { VisibleText.of($0[index]).count }.max() ?? 0
            return min(columns[index].limit, max(needed, columns[index].title.count))
        }
    }

    var head: String { row(columns.map(\.title)) }

    func row(_ values: [String]) -> String {
        let cells = zip(values, widths).map { value, width in Self.fit(VisibleText.of(value), width) }
        var line = cells.joined(separator: Self.gap)
        while line.last == " " { line.removeLast() }
        return line
    }

    private static func fit(_ text: String, _ width: Int) -> String {
        let count = text.count
        if count > width { return text.prefix(max(0, width - 1)) + "…" }
        return text + String(repeating: " ", count: width - count)
    }
}
