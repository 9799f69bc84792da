/// Directory data for a terminal: what would steer it, or turn the reading direction, is shown as an escape.
enum VisibleText {
    static func of(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: steers) else { return text }
        var visible = ""
        for scalar in text.unicodeScalars {
            if steers(scalar) {
                visible += "\\u{\(String(scalar.value, radix: 16))}"
            } else {
                visible.unicodeScalars.append(scalar)
            }
        }
        return visible
    }

    /// Control and format characters, bidirectional ones among them, and the line and paragraph separators.
    private static func steers(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator: true
        // U+200D joins emoji and letters of some scripts; it steers nothing.
        case .format: scalar.value != 0x200D
        default: false
        }
    }
}
