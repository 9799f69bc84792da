import GRDB
import Identity

/// The condition of a listing. No value becomes part of the SQL.
struct PersonFilter {
    private(set) var condition: String
    private(set) var arguments: StatementArguments = []

    init(state: AccountStatus.State?, words: [String]) {
        switch state {
        case nil: condition = "deleted_at IS NULL"
        case .deleted?: condition = "deleted_at IS NOT NULL"
        case let state?:
            condition = "deleted_at IS NULL AND state = ?"
            arguments += [state.rawValue]
        }
        for word in words {
            condition += " AND instr(words, ?) > 0"
            arguments += [word]
        }
    }

    mutating func after(_ cursor: ListCursor?) {
        guard let cursor else { return }
        condition += " AND (login_key, id) > (?, ?)"
        arguments += [cursor.key, cursor.row]
    }
}
