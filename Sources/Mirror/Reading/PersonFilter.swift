import Foundation
import GRDB
import Identity

/// The condition of a listing. No value becomes part of the SQL.
struct PersonFilter {
    private(set) var condition: String
    private(set) var arguments: StatementArguments = []

    init(state: AccountStatus.State?, words: [String], now: Date) {
        switch state {
        case nil: condition = "deleted_at IS NULL"
        case .deleted?: condition = "deleted_at IS NOT NULL"
        case let state?:
            condition = "deleted_at IS NULL AND \(Self.stateNow) = ?"
            let seconds = now.timeIntervalSince1970
            arguments += [seconds, seconds, seconds, seconds, state.rawValue]
        }
        for word in words {
            condition += " AND instr(words, ?) > 0"
            arguments += [word]
        }
    }

    /// As ``AccountStatus/asOf(_:)``. Parameters: the time, four times.
    private static let stateNow = """
        CASE
            WHEN ends_at <= ? THEN 'expired'
            WHEN state = 'locked' AND lock = 'failedAttempts' AND lock_ends <= ? THEN 'active'
            WHEN state = 'disabled' AND starts_at <= ?
                THEN iif(lock = 'unlocked' OR lock = 'failedAttempts' AND lock_ends <= ?, 'active', 'locked')
            ELSE state
        END
        """

    mutating func after(_ cursor: ListCursor?) {
        guard let cursor else { return }
        condition += " AND (login_key, id) > (?, ?)"
        arguments += [cursor.key, cursor.row]
    }
}
