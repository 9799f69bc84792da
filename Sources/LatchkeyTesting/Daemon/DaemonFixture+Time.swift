import Foundation

extension DaemonFixture {
    private static let backdating = """
        import sqlite3, sys
        vault = sqlite3.connect(sys.argv[1])
        for column in ("completed_at", "confirmed_at"):
            vault.execute(f"UPDATE registration SET {column} = {column} - ?", (int(sys.argv[2]) * 86400000,))
        vault.commit()
        """

    /// Lets days pass over all registrations: when they were completed and confirmed is so much longer ago. The
    /// daemon must not run.
    package func backdateRegistrations(days: Int) async throws {
        let arguments = ["-c", Self.backdating, folder.state + "/vault.sqlite", String(days)]
        try await Command("/usr/bin/python3", arguments).check(in: folder.url)
    }

    /// Lets seconds pass over all links: they end so much earlier.
    package func ageLinks(seconds: Int) async throws { try await age("link", "expires_at", seconds: seconds) }

    /// Lets a day pass over all that was counted.
    package func forgetDay() async throws { try await age("counted", "time", seconds: 86400) }

    /// Lets seconds pass over a time of each row: it is so much earlier.
    package func age(_ table: String, _ column: String, seconds: Int) async throws {
        let program = """
            import sqlite3, sys
            vault = sqlite3.connect(sys.argv[1], timeout=20)
            table, column, seconds = sys.argv[2:]
            vault.execute(f"UPDATE {table} SET {column} = {column} - ?", (int(seconds) * 1000,))
            vault.commit()
            """
        let arguments = ["-c", program, folder.state + "/vault.sqlite", table, column, String(seconds)]
        try await Command("/usr/bin/python3", arguments).check(in: folder.url)
    }

    /// Changes a text of the configuration, which must be there. Holds from the next start on.
    package func reconfigure(_ old: String, as new: String) throws {
        let text = try String(contentsOfFile: folder.configuration, encoding: .utf8)
        guard text.contains(old) else { throw TestError("the configuration has no \(old)") }
        try folder.write(text.replacing(old, with: new), to: "latchkey.yaml")
    }
}
