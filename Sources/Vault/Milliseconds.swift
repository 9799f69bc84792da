import Foundation

/// A point in time as the vault stores it: whole milliseconds since 1970.
struct Milliseconds: Hashable, Comparable, Sendable, Codable {
    var count: Int64

    init(count: Int64) { self.count = count }

    /// A time outside of what 64 bits hold becomes the nearest that is inside.
    init(_ date: Date) {
        count =
            Int64(exactly: (date.timeIntervalSince1970 * 1000).rounded())
            ?? (date < Date.distantPast ? .min / 2 : .max / 2)
    }

    var date: Date { Date(timeIntervalSince1970: Double(count) / 1000) }

    static func < (left: Milliseconds, right: Milliseconds) -> Bool { left.count < right.count }

    /// - Parameter seconds: of any size; the result stays inside of what 64 bits hold.
    static func + (time: Milliseconds, seconds: TimeInterval) -> Milliseconds {
        Milliseconds(Date(timeIntervalSince1970: Double(time.count) / 1000 + seconds))
    }

    static func - (time: Milliseconds, seconds: TimeInterval) -> Milliseconds { time + -seconds }

    /// Seconds from `other` to this.
    func since(_ other: Milliseconds) -> TimeInterval { Double(count - other.count) / 1000 }

    init(from decoder: any Decoder) throws { count = try decoder.singleValueContainer().decode(Int64.self) }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(count)
    }
}
