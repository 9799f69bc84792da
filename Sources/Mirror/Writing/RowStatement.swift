import GRDB
import GRDBSQLite
import Identity

/// A cached statement whose parameters are bound by index.
///
/// GRDB's own arguments cost an array and a boxed value for each parameter; measured on 100,000 entries that is
/// a fifth of the whole. Everything that is not run once for each entry uses GRDB's arguments.
@safe struct RowStatement {
    private let statement: Statement
    private let db: Database

    init(_ db: Database, _ sql: String) throws {
        self.db = db
        statement = try db.cachedStatement(sql: sql)
    }

    /// `SQLITE_TRANSIENT`: SQLite copies the bytes before the call returns (sqlite3_bind_blob).
    private static var transient: sqlite3_destructor_type? {
        unsafe unsafeBitCast(OpaquePointer(bitPattern: -1), to: sqlite3_destructor_type?.self)
    }

    func bind(_ value: Int64?, at index: Int32) {
        guard let value else { return bindNull(at: index) }
        unsafe sqlite3_bind_int64(statement.sqliteStatement, index, value)
    }

    func bind(_ value: Double?, at index: Int32) {
        guard let value else { return bindNull(at: index) }
        unsafe sqlite3_bind_double(statement.sqliteStatement, index, value)
    }

    func bind(_ value: String?, at index: Int32) {
        guard var value else { return bindNull(at: index) }
        value.withUTF8 { bytes in
            // A nil pointer would bind NULL, but a UTF-8 view has an address even when it is empty.
            let text = unsafe UnsafeRawPointer(bytes.baseAddress)?.assumingMemoryBound(to: CChar.self)
            _ = unsafe sqlite3_bind_text(
                statement.sqliteStatement,
                index,
                text,
                Int32(bytes.count),
                Self.transient
            )
        }
    }

    /// `SQLITE_STATIC`: SQLite reads the bytes, UTF-8, where they are, until the statement has run or is cleared.
    @unsafe func bindInPlace(_ text: UnsafeRawBufferPointer?, at index: Int32) {
        guard let text = unsafe text else { return bindNull(at: index) }
        // A nil pointer would bind NULL.
        let start = unsafe text.baseAddress ?? UnsafeRawPointer(bitPattern: 1)
        _ = unsafe sqlite3_bind_text(
            statement.sqliteStatement,
            index,
            start?.assumingMemoryBound(to: CChar.self),
            Int32(text.count),
            nil
        )
    }

    /// Forgets what was bound.
    func clear() {
        _ = unsafe sqlite3_clear_bindings(statement.sqliteStatement)
    }

    func bind(_ id: EntryID, at index: Int32) { bind(id.networkWords, at: index) }

    func bind(_ name: NameDigest, at index: Int32) { bind(name.networkWords, at: index) }

    private func bind(_ words: (UInt64, UInt64), at index: Int32) {
        unsafe withUnsafeBytes(of: words) { bytes in
            _ = unsafe sqlite3_bind_blob(
                statement.sqliteStatement,
                index,
                bytes.baseAddress,
                Int32(bytes.count),
                Self.transient
            )
        }
    }

    private func bindNull(at index: Int32) {
        unsafe sqlite3_bind_null(statement.sqliteStatement, index)
    }

    /// Runs to the end and makes the statement ready for the next use.
    func run() throws {
        defer { reset() }
        while try step() {}
    }

    /// The first row's value, or nil without a row.
    func first<Value>(_ read: (borrowing RowStatement) -> Value) throws -> Value? {
        defer { reset() }
        return try step() ? read(self) : nil
    }

    func forEach(_ body: (borrowing RowStatement) throws -> Void) throws {
        defer { reset() }
        while try step() { try body(self) }
    }

    func int64(_ column: Int32) -> Int64 {
        unsafe sqlite3_column_int64(statement.sqliteStatement, column)
    }

    /// Nil where the column is null.
    func name(_ column: Int32) -> NameDigest? {
        let count = unsafe sqlite3_column_bytes(statement.sqliteStatement, column)
        let bytes = unsafe sqlite3_column_blob(statement.sqliteStatement, column)
        return unsafe NameDigest(stored: UnsafeRawBufferPointer(start: bytes, count: Int(count)))
    }

    func text(_ column: Int32) -> String {
        unsafe sqlite3_column_text(statement.sqliteStatement, column).map { unsafe String(cString: $0) } ?? ""
    }

    /// SQLITE_ROW gives true, SQLITE_DONE false; anything else is thrown.
    private func step() throws -> Bool {
        let code = unsafe sqlite3_step(statement.sqliteStatement)
        if code == SQLITE_ROW { return true }
        if code == SQLITE_DONE { return false }
        throw DatabaseError(resultCode: ResultCode(rawValue: code), message: db.lastErrorMessage, sql: statement.sql)
    }

    private func reset() {
        unsafe sqlite3_reset(statement.sqliteStatement)
    }
}
