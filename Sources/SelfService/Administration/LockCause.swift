import Foundation

/// What probably entered the wrong passwords, from when they came: the question of everybody whose account locks again
/// and again. Pure, and no more than a guess: it says what speaks for it.
enum LockCause: String, Sendable, CaseIterable {
    /// They began soon after the password had changed.
    case formerPassword = "former-password"
    /// They come at regular intervals.
    case storedPassword = "stored-password"
    /// Faster than anybody types.
    case program = "program"
    case typing = "typing"

    /// Seconds after a change in which what still has the former password shows itself.
    private static let soon: TimeInterval = 86400
    /// Seconds between two passwords that nobody types that fast.
    private static let typed: TimeInterval = 2
    /// Fewer say nothing of intervals.
    private static let timesMin = 3
    /// By how much regular intervals may differ from their median.
    private static let jitter = 0.2

    static func of(_ failures: FailedAttempts, passwordChangedAt changed: Date?) -> LockCause? {
        guard let first = failures.times.first else { return nil }
        if let changed, first >= changed, first < changed.addingTimeInterval(soon) { return .formerPassword }
        guard failures.times.count >= timesMin else { return nil }
        let gaps = zip(failures.times.dropFirst(), failures.times).map { $0.timeIntervalSince($1) }
        let median = gaps.sorted()[gaps.count / 2]
        if median < typed { return .program }
        return gaps.allSatisfy { abs($0 - median) <= jitter * median } ? .storedPassword : .typing
    }

    var text: String {
        switch self {
        case .formerPassword:
            "They began within a day of a change of the password: probably a phone, a mail program or a service that "
                + "still uses the former one. An unlock alone will not last."
        case .storedPassword:
            "They come at regular intervals: probably a device or a service with a wrong stored password. An unlock "
                + "alone will not last."
        case .program: "They came faster than anybody types: a program that tries passwords, or a wrong stored one."
        case .typing: "They came at irregular intervals, as when somebody types."
        }
    }
}

extension FailedAttempts {
    /// When the last one was, and how many; nil where there is nothing to say.
    var text: String? {
        guard count > 0 || !times.isEmpty else { return nil }
        let counted = count == 1 ? "1 wrong password is counted" : "\(count) wrong passwords are counted"
        guard let last = times.last else { return "\(counted) since the last right one." }
        return "\(counted) since the last right one, the last at \(last.formatted(.iso8601))."
    }
}
