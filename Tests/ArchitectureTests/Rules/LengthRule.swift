/// Files and functions stay short enough to be read at one sitting.
enum LengthRule {
    static let functionLimit = 70
    static let sourceLimit = 400
    static let testLimit = 700

    static func findings(in file: SourceFile) -> [Finding] { fileFindings(file) + functionFindings(file) }

    private static func fileFindings(_ file: SourceFile) -> [Finding] {
        let limit = file.isTest ? testLimit : sourceLimit
        guard file.lineCount > limit else { return [] }
        return [file.finding(limit, "the file has \(file.lineCount) lines; at most \(limit)")]
    }

    private static func functionFindings(_ file: SourceFile) -> [Finding] {
        file.code.indices.filter { declaresFunction(file.code[$0]) }.compactMap { start in
            guard let end = lastLine(of: start, in: file.code), end - start + 1 > functionLimit else { return nil }
            return file.finding(start, "the function has \(end - start + 1) lines; at most \(functionLimit)")
        }
    }

    private static func declaresFunction(_ line: String) -> Bool {
        let words = line.split(separator: " ")
        return words.contains { word in
            word == "func" || word == "deinit"
                || ["init(", "init?(", "init<", "subscript("].contains { word.hasPrefix($0) }
        }
    }

    /// Where the braces that the declaration opens are closed; `nil` for a requirement of a protocol.
    private static func lastLine(of start: Int, in code: [String]) -> Int? {
        var braces = 0
        var parentheses = 0
        for index in start..<code.count {
            if index > start && braces == 0 && parentheses == 0 && declaresFunction(code[index]) { return nil }
            for byte in code[index].utf8 {
                switch byte {
                case UInt8(ascii: "("): parentheses += 1
                case UInt8(ascii: ")"): parentheses -= 1
                case UInt8(ascii: "{"): braces += 1
                case UInt8(ascii: "}"):
                    braces -= 1
                    if braces < 0 { return nil }
                    if braces == 0 && parentheses == 0 { return index }
                default: break
                }
            }
        }
        return nil
    }
}
