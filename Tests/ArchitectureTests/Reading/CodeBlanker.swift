/// Replaces comments and the contents of strings by spaces, so that a rule sees code alone. Newlines stay.
struct CodeBlanker {
    private enum Place {
        /// Code, and inside an interpolation how many parentheses are open in it.
        case code(open: Int)
        case string(hashes: Int, multiline: Bool)
    }

    private let bytes: [UInt8]
    private var result: [UInt8] = []
    private var index = 0
    private var places: [Place] = [.code(open: 0)]

    static func blank(_ text: String) -> String {
        var blanker = CodeBlanker(bytes: Array(text.utf8))
        while blanker.index < blanker.bytes.count { blanker.step() }
        return String(decoding: blanker.result, as: UTF8.self)
    }

    private init(bytes: [UInt8]) { self.bytes = bytes }

    private mutating func step() {
        switch places.last ?? .code(open: 0) {
        case .code(let open): stepInCode(open)
        case .string(let hashes, let multiline): stepInString(hashes, multiline)
        }
    }

    private mutating func stepInCode(_ open: Int) {
        if !"/\"#()".utf8.contains(bytes[index]) {
            keep(1)
        } else if sees("//") {
            while index < bytes.count, bytes[index] != UInt8(ascii: "\n") { blank(1) }
        } else if sees("/*") {
            blankBlockComment()
        } else if !startString() {
            count(open)
            keep(1)
        }
    }

    private mutating func count(_ open: Int) {
        guard places.count > 1 else { return }
        if sees("(") { places[places.count - 1] = .code(open: open + 1) }
        guard sees(")") else { return }
        if open == 1 { places.removeLast() } else { places[places.count - 1] = .code(open: open - 1) }
    }

    private mutating func blankBlockComment() {
        var depth = 0
        repeat {
            if sees("/*") { depth += 1 } else if sees("*/") { depth -= 1 } else { blank(1); continue }
            blank(2)
        } while depth > 0 && index < bytes.count
    }

    private mutating func startString() -> Bool {
        let hashes = bytes[index...].prefix { $0 == UInt8(ascii: "#") }.count
        guard sees("\"", after: hashes) else { return false }
        let multiline = sees("\"\"\"", after: hashes)
        keep(hashes + (multiline ? 3 : 1))
        places.append(.string(hashes: hashes, multiline: multiline))
        return true
    }

    private mutating func stepInString(_ hashes: Int, _ multiline: Bool) {
        guard "\\\"".utf8.contains(bytes[index]) else { return blank(1) }
        let mark = String(repeating: "#", count: hashes)
        let end = (multiline ? "\"\"\"" : "\"") + mark
        if sees("\\\(mark)(") {
            blank(hashes + 1)
            keep(1)
            places.append(.code(open: 1))
        } else if sees("\\\(mark)") {
            blank(hashes + 2)
        } else if sees(end) {
            keep(end.utf8.count)
            places.removeLast()
        } else {
            blank(1)
        }
    }

    private func sees(_ text: String, after offset: Int = 0) -> Bool {
        bytes.dropFirst(index + offset).starts(with: text.utf8)
    }

    private mutating func keep(_ count: Int) {
        result += bytes[index..<min(index + count, bytes.count)]
        index += count
    }

    private mutating func blank(_ count: Int) {
        for byte in bytes[index..<min(index + count, bytes.count)] {
            result.append(byte == UInt8(ascii: "\n") ? byte : UInt8(ascii: " "))
        }
        index += count
    }
}
