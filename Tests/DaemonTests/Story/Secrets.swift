import Foundation

/// Texts that nobody may find where they do not belong.
struct Secrets {
    /// Found anywhere, whatever stands beside them.
    var texts: [String]
    /// Digits that are found only where no letter or digit stands beside them: six digits occur in longer numbers.
    var codes: [String]

    /// What of it stands in these bytes.
    func found(in data: Data) -> [String] {
        texts.filter { data.range(of: Data($0.utf8)) != nil } + codes.filter { Self.standsAlone($0, in: data) }
    }

    func found(in text: String) -> [String] { found(in: Data(text.utf8)) }

    private static func standsAlone(_ code: String, in data: Data) -> Bool {
        var start = data.startIndex
        while let range = data.range(of: Data(code.utf8), in: start..<data.endIndex) {
            let before = range.lowerBound == data.startIndex ? nil : data[range.lowerBound - 1]
            let after = range.upperBound == data.endIndex ? nil : data[range.upperBound]
            if !isWord(before), !isWord(after) { return true }
            start = range.upperBound
        }
        return false
    }

    private static func isWord(_ byte: UInt8?) -> Bool {
        guard let byte else { return false }
        return Character(Unicode.Scalar(byte)).isLetter || Character(Unicode.Scalar(byte)).isNumber
    }
}
