/// A piece of the file as it appears in a message: one short line without control characters.
enum Quotation {
    private static let lengthMax = 60

    static func of(_ text: String) -> String { "'" + bare(text) + "'" }

    static func bare(_ text: String) -> String {
        let shown = text.unicodeScalars.prefix(lengthMax).map { scalar in
            scalar.properties.generalCategory == .control ? "?" : String(scalar)
        }
        return shown.joined() + (text.unicodeScalars.count > lengthMax ? "…" : "")
    }
}
