/// One row of comma-separated values (RFC 4180).
enum CSVLine {
    static func text(_ fields: [String]) -> String { fields.map(field).joined(separator: ",") }

    /// A spreadsheet takes what begins like a formula for one: an apostrophe before it says that it is text.
    private static func field(_ text: String) -> String {
        let isFormula = text.first.map { "=+-@\t\r".contains($0) } ?? false
        let plain = isFormula ? "'" + text : text
        guard plain.contains(where: { ",\"\n\r\r\n".contains($0) }) || isFormula else { return plain }
        return "\"" + plain.replacing("\"", with: "\"\"") + "\""
    }
}
