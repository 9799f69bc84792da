import Foundation

/// Times as people here read them.
enum LocalTime {
    /// `2026-01-02 03:04:05`, in the local time zone.
    static func text(_ date: Date) -> String {
        date.formatted(
            Date.ISO8601FormatStyle(
                dateSeparator: .dash,
                dateTimeSeparator: .space,
                timeSeparator: .colon,
                timeZone: .current
            ).year().month().day().time(includingFractionalSeconds: false)
        )
    }
}
