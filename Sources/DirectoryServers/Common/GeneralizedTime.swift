import Foundation

/// `YYYYMMDDHHMMSS[.f…]Z` (RFC 4517, 3.3.13), as servers write operational times.
enum GeneralizedTime {
    /// Without a fraction.
    static func text(_ date: Date) -> String {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        let parts = calendar.dateComponents([.year, .month, .day, .hour, .minute, .second], from: date)
        func field(_ value: Int?, _ width: Int) -> String {
            let digits = String(value ?? 0)
            return String(repeating: "0", count: max(0, width - digits.count)) + digits
        }
        return field(parts.year, 4)
            + [parts.month, parts.day, parts.hour, parts.minute, parts.second].map { field($0, 2) }.joined() + "Z"
    }

    /// Nil for anything else, also for forms that RFC 4517 allows and servers do not write.
    static func date(_ text: String) -> Date? {
        let digits = text.utf8.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        guard digits.count == 14, text.hasSuffix("Z") else { return nil }
        let number = digits.map { Int($0 - UInt8(ascii: "0")) }
        func field(_ start: Int, _ length: Int) -> Int {
            number[start..<start + length].reduce(0) { $0 * 10 + $1 }
        }
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        return calendar.date(
            from: DateComponents(
                year: field(0, 4),
                month: field(4, 2),
                day: field(6, 2),
                hour: field(8, 2),
                minute: field(10, 2),
                second: field(12, 2)
            )
        )
    }
}
