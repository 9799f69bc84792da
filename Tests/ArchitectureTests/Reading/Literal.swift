/// A string literal as it stands in a file: its pieces between interpolations. Literals that a `+` joins are one.
struct Literal {
    /// Counted from zero.
    let line: Int
    private(set) var pieces: [String]
    /// Whether it is the name of a test or of a suite.
    let isName: Bool
    private var range: Range<Int>

    /// All of a file, in their order; those within interpolations too.
    static func all(in file: SourceFile) -> [Literal] {
        var reader = LiteralReader(file)
        reader.readCode(isNested: false)
        var joined: [Literal] = []
        for literal in reader.literals.sorted(by: { $0.range.lowerBound < $1.range.lowerBound }) {
            if let last = joined.last, reader.joins(last.range, literal.range) {
                joined[joined.count - 1].append(literal)
            } else {
                joined.append(literal)
            }
        }
        return joined
    }

    fileprivate init(line: Int, pieces: [String], isName: Bool, range: Range<Int>) {
        (self.line, self.pieces, self.isName, self.range) = (line, pieces, isName, range)
    }

    private mutating func append(_ other: Literal) {
        pieces = pieces.dropLast() + [(pieces.last ?? "") + (other.pieces.first ?? "")] + other.pieces.dropFirst()
        range = range.lowerBound..<other.range.upperBound
    }
}

/// Goes through a file twice at once: as it is written, and with the contents of its strings blanked.
private struct LiteralReader {
    private let text: [UInt8]
    private let code: [UInt8]
    private var index = 0
    private var line = 0
    private(set) var literals: [Literal] = []

    init(_ file: SourceFile) {
        text = Array(file.lines.joined(separator: "\n").utf8)
        code = Array(file.code.joined(separator: "\n").utf8)
    }

    /// Up to the end, or to the parenthesis that closes an interpolation.
    mutating func readCode(isNested: Bool) {
        var open = 0
        while index < code.count {
            guard code[index] != UInt8(ascii: "\"") else {
                readLiteral()
                continue
            }
            let byte = next()
            if byte == UInt8(ascii: "(") { open += 1 }
            guard byte == UInt8(ascii: ")") else { continue }
            if isNested, open == 0 { return }
            open -= 1
        }
    }

    private mutating func next() -> UInt8 {
        defer { index += 1 }
        if code[index] == UInt8(ascii: "\n") { line += 1 }
        return code[index]
    }

    private mutating func readLiteral() {
        let (begin, beginLine) = (index, line)
        let mark = code[index...].starts(with: "\"\"\"".utf8) ? 3 : 1
        index += mark
        var pieces: [String] = []
        var start = index
        while index < code.count, code[index] != UInt8(ascii: "\"") {
            guard next() == UInt8(ascii: "(") else { continue }
            // The backslash is none of it.
            pieces.append(piece(start..<index - 2))
            readCode(isNested: true)
            start = index
        }
        pieces.append(piece(start..<index))
        index = min(index + mark, code.count)
        let before = String(decoding: code[..<begin].suffix(80).filter { !" \n".utf8.contains($0) }, as: UTF8.self)
        literals.append(
            Literal(
                line: beginLine,
                pieces: pieces,
                isName: before.hasSuffix("@Test(") || before.hasSuffix("@Suite("),
                range: begin..<index
            )
        )
    }

    private func piece(_ range: Range<Int>) -> String { String(decoding: text[range], as: UTF8.self) }

    /// Whether nothing but a `+` stands between two literals.
    func joins(_ first: Range<Int>, _ second: Range<Int>) -> Bool {
        guard first.upperBound <= second.lowerBound else { return false }
        return code[first.upperBound..<second.lowerBound].filter { !" \n".utf8.contains($0) } == [UInt8(ascii: "+")]
    }
}
