import Foundation

/// What stands in tables of a running daemon's vault, byte by byte: for tests that nothing has changed. Sealed rows
/// that are written again differ, whatever they hold.
package struct VaultRows: Sendable, Equatable {
    /// Each row as one text, by table.
    package let tables: [String: [String]]

    private static let program = """
        import json, sqlite3, sys
        vault = sqlite3.connect("file:" + sys.argv[1] + "?mode=ro", uri=True)
        rows = lambda table: sorted(repr(row) for row in vault.execute("SELECT * FROM " + table))
        print(json.dumps({table: rows(table) for table in sys.argv[2:]}))
        """

    package init(_ tables: [String], of daemon: DaemonFixture) async throws {
        let arguments = ["-c", Self.program, daemon.folder.state + "/vault.sqlite"] + tables
        let output = try await Command("/usr/bin/python3", arguments).check(in: daemon.folder.url)
        self.tables = try JSONDecoder().decode([String: [String]].self, from: Data(output.utf8))
    }

    /// The rows that are in one of both only.
    package func difference(from other: VaultRows) -> [String] {
        let names = Set(tables.keys).union(other.tables.keys)
        return names.sorted().flatMap { name in
            let (own, others) = (Set(tables[name] ?? []), Set(other.tables[name] ?? []))
            return own.symmetricDifference(others).map { "\(name): \($0)" }
        }
    }

    /// Rows of all of the tables.
    package var count: Int { tables.values.reduce(0) { $0 + $1.count } }
}
