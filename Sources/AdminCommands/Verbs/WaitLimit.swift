import ArgumentParser

/// A duration on the command line: `500ms`, `10s`, `2m`.
struct WaitLimit: ExpressibleByArgument {
    let duration: Duration

    private static let units: [(suffix: String, unit: Duration)] = [
        ("ms", .milliseconds(1)), ("s", .seconds(1)), ("m", .seconds(60)),
    ]
    /// Nobody waits longer at a terminal; a script asks again.
    private static let longest = Duration.seconds(24 * 60 * 60)

    init?(argument: String) {
        guard let (suffix, unit) = Self.units.first(where: { argument.hasSuffix($0.suffix) }),
            let number = Int32(argument.dropLast(suffix.count)), number >= 0, unit * number <= Self.longest
        else { return nil }
        duration = unit * number
    }
}
