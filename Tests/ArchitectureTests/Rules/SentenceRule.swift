/// What `doctor` can say is quoted by a test of an examination. That the test provokes it, only its author can see to; a
/// sentence that no test knows is found.
struct SentenceRule {
    /// Pieces of the tests' literals that are not the names of tests.
    private let quotes: [String]

    /// What examinations call, and whose sentences they pass on.
    private static let called: Set = [
        "DirSyncRights.swift", "SMTPFailure.swift", "ServerDiscovery.swift", "StrategyChoice.swift",
    ]
    /// So many words make a sentence, or a quotation of one.
    private static let words = 3

    init(_ files: [SourceFile]) {
        quotes = files.filter { $0.isTest && Self.isOfExamination($0) }.flatMap { file in
            Literal.all(in: file).filter { !$0.isName }.flatMap(\.pieces).filter { Self.wordCount($0) >= Self.words }
        }
    }

    func findings(in file: SourceFile) -> [Finding] {
        sentences(of: file).filter { !isQuoted($0) }
            .map { file.finding($0.line, "no test quotes “\($0.pieces.joined(separator: "…"))”") }
    }

    /// Texts to paste are no sentences: tests paste them.
    func sentences(of file: SourceFile) -> [Literal] {
        let isExamined = Self.isOfExamination(file) || Self.called.contains(file.name)
        guard !file.isTest, isExamined, !file.name.hasSuffix("Pastes.swift") else { return [] }
        return Literal.all(in: file).filter { $0.pieces.map(Self.wordCount).reduce(0, +) >= Self.words }
    }

    /// Its longest piece whole, or a part of any.
    private func isQuoted(_ sentence: Literal) -> Bool {
        guard let longest = sentence.pieces.max(by: { $0.count < $1.count }) else { return true }
        return quotes.contains { quote in
            quote.contains(longest) || sentence.pieces.contains { $0.contains(quote) }
        }
    }

    private static func isOfExamination(_ file: SourceFile) -> Bool { file.path.contains("/Examination/") }

    /// Of letters alone, but for what stands beside them.
    private static func wordCount(_ text: String) -> Int {
        text.split(separator: " ").count { word in
            let letters = word.trimmingPrefix { "(*`“‘".contains($0) }.reversed()
                .drop { ".,;:)*`”’?!".contains($0) }
            return !letters.isEmpty && letters.allSatisfy { $0.isLetter || $0 == "'" }
        }
    }
}
