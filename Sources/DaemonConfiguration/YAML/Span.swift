import Foundation

/// Lengths of time as the file writes them: `30s`, `10m`, `24h`, `180d`, `1h30m`.
enum Span {
    private static let units: [(letter: Character, seconds: Int)] = [("d", 86400), ("h", 3600), ("m", 60), ("s", 1)]
    private static let digitsMax = 9

    /// In seconds; nil for text of another form. Units come once each, the longest first.
    static func seconds(_ text: String) -> TimeInterval? {
        var rest = text[...]
        var total = 0
        var next = 0
        while !rest.isEmpty {
            let digits = rest.prefix { $0.isASCII && $0.isNumber }
            guard (1...digitsMax).contains(digits.count), let number = Int(digits) else { return nil }
            rest = rest.dropFirst(digits.count)
            guard let letter = rest.popFirst(),
                let unit = units.indices.first(where: { $0 >= next && units[$0].letter == letter })
            else { return nil }
            total += number * units[unit].seconds
            next = unit + 1
        }
        return next == 0 ? nil : TimeInterval(total)
    }

    static func text(_ seconds: TimeInterval) -> String {
        var rest = Int(seconds)
        var text = ""
        for unit in units where rest >= unit.seconds {
            text += "\(rest / unit.seconds)\(unit.letter)"
            rest %= unit.seconds
        }
        return text.isEmpty ? "0s" : text
    }
}
