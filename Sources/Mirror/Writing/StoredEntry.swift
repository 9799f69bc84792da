/// What the mirror holds of an entry when the entry comes again.
struct StoredEntry {
    var row: Int64
    /// Whether the mapped attributes and the name are those that came.
    var isSame: Bool
    var name: NameDigest?
    var isDeleted: Bool
    /// The login that the person had, where another one came.
    var formerLogin: String?

    /// Of people, as the next.
    var hasSameLogin: Bool
    var hasSameEmail: Bool

    /// Of a row of: id, sameness, name, deletion, former login, sameness of login and of address.
    init(_ statement: borrowing RowStatement) {
        row = statement.int64(0)
        isSame = statement.int64(1) != 0
        name = statement.name(2)
        isDeleted = statement.int64(3) != 0
        let login = statement.text(4)
        formerLogin = login.isEmpty ? nil : login
        hasSameLogin = statement.int64(5) != 0
        hasSameEmail = statement.int64(6) != 0
    }
}
