/// Rows of comma-separated values (RFC 4180): quotes around a field, doubled inside it; LF or CRLF between rows.
struct CSVText {
    struct Row: Equatable {
        /// Of the row's first byte, 1 for the first line of the text.
        var line: Int
        var fields: [String]
    }

    /// Where a text is no CSV.
    struct Fault: Error, Equatable {
        var line: Int
        var text: String
    }

    private enum Place { case start, plain, quoted, closed }

    private(set) var rows: [Row] = []
    private var fields: [String] = []
    private var field: [UInt8] = []
    private var place = Place.start
    private var line = 1
    private var firstLine = 1
    /// Whether the byte before was a carriage return outside of quotes: it may only end a line.
    private var hasReturn = false

    /// Empty rows are left out.
    /// - Throws: ``Fault`` for a quote where none can be, one that is never closed, and a control character.
    static func rows(of text: String) throws(Fault) -> [Row] {
        var reader = CSVText()
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        for byte in text.utf8.dropFirst(text.utf8.starts(with: mark) ? mark.count : 0) { try reader.read(byte) }
        guard reader.place != .quoted else {
            throw Fault(line: reader.firstLine, text: "A quote is opened here and never closed.")
        }
        reader.endRow()
        return reader.rows
    }

    private mutating func read(_ byte: UInt8) throws(Fault) {
        if hasReturn, place != .quoted, byte != UInt8(ascii: "\n") {
            throw Fault(line: line, text: "A carriage return stands where no line ends.")
        }
        hasReturn = byte == UInt8(ascii: "\r") && place != .quoted
        if byte < 0x20, !"\t\r\n".utf8.contains(byte) {
            throw Fault(line: line, text: "It contains a control character. Is the file a text in UTF-8?")
        }
        switch (place, byte) {
        case (.quoted, UInt8(ascii: "\"")): place = .closed
        case (.quoted, _): append(byte)
        case (.closed, UInt8(ascii: "\"")):
            append(byte)
            place = .quoted
        case (.start, UInt8(ascii: "\"")): place = .quoted
        case (_, UInt8(ascii: ",")): endField()
        case (_, UInt8(ascii: "\n")): endRow()
        case (_, UInt8(ascii: "\r")): break
        case (.closed, _):
            throw Fault(line: line, text: "Something stands between a closing quote and the next comma.")
        case (_, UInt8(ascii: "\"")):
            throw Fault(line: line, text: "A quote stands inside a field that does not begin with one.")
        default:
            place = .plain
            append(byte)
        }
    }

    private mutating func append(_ byte: UInt8) {
        if byte == UInt8(ascii: "\n") { line += 1 }
        field.append(byte)
    }

    private mutating func endField() {
        fields.append(String(decoding: field, as: UTF8.self))
        field = []
        place = .start
    }

    private mutating func endRow() {
        endField()
        if fields.contains(where: { $0.contains { !$0.isWhitespace } }) {
            rows.append(Row(line: firstLine, fields: fields))
        }
        fields = []
        line += 1
        firstLine = line
    }
}
