/// Sources hold nothing that ends the process on a surprise, and nothing that escapes the checks of concurrency unproven.
enum CrashRule {
    private static let crashes = ["try!", "as!", "fatalError("]
    private static let unproven = ["@unchecked Sendable", "nonisolated(unsafe)"]

    static func findings(in file: SourceFile) -> [Finding] {
        file.code.indices.flatMap { index in
            (file.isTest ? [] : crashFindings(file, index)) + proofFindings(file, index)
        }
    }

    private static func crashFindings(_ file: SourceFile, _ index: Int) -> [Finding] {
        crashes.filter { word in
            file.code[index].ranges(of: word).contains { range in
                // `as!` is a word of its own: not the end of "alias!".
                range.lowerBound == file.code[index].startIndex
                    || !file.code[index][file.code[index].index(before: range.lowerBound)].isLetter
            }
        }.map { file.finding(index, "\($0) ends the process; throw an error") }
    }

    private static func proofFindings(_ file: SourceFile, _ index: Int) -> [Finding] {
        unproven.filter { file.code[index].contains($0) && !isProven(file, index) }.map {
            file.finding(index, "\($0) without a proof: a line of // directly before it says why it is safe")
        }
    }

    /// A documentation comment says what something is, so it proves nothing.
    private static func isProven(_ file: SourceFile, _ index: Int) -> Bool {
        guard index > 0 else { return false }
        let before = file.lines[index - 1].drop { $0 == " " }
        return before.hasPrefix("// ") && before.count > 20
    }
}
