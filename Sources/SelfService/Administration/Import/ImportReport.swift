/// A file to import.
package struct ImportRequest: Sendable {
    package var csv: String
    /// Only says what would be done.
    package var isDryRun: Bool
    /// Does what can be done, although other lines are wrong.
    package var isPartial: Bool
    package var reason: String

    package init(csv: String, isDryRun: Bool = false, isPartial: Bool = false, reason: String) {
        self.csv = csv
        self.isDryRun = isDryRun
        self.isPartial = isPartial
        self.reason = reason
    }
}

/// What came, or would come, of each line.
package struct ImportReport: Sendable, Equatable {
    package enum Result: String, Sendable, CaseIterable {
        case added
        /// The same value is there. Told only to those who may see full values.
        case present
        /// Nobody over whom the administrator has the capability.
        case unknownLogin = "unknown-login"
        case invalid
        case protected
        /// The administrator's own.
        case oneself
        case duplicate
        case full

        package var isError: Bool { self != .added && self != .present }
    }

    package struct Line: Sendable, Equatable {
        package var number: Int
        package var login: String
        package var kind: String
        package var result: Result
        /// What is wrong, without the value.
        package var detail: String?

        package init(number: Int, login: String, kind: String, result: Result, detail: String? = nil) {
            self.number = number
            self.login = login
            self.kind = kind
            self.result = result
            self.detail = detail
        }
    }

    package var lines: [Line]
    package var isDryRun: Bool
    /// Whether anything was done: false for a dry run, and for a file with errors unless it was to be partial.
    package var isApplied: Bool

    package init(lines: [Line], isDryRun: Bool, isApplied: Bool) {
        self.lines = lines
        self.isDryRun = isDryRun
        self.isApplied = isApplied
    }

    package var hasErrors: Bool { lines.contains { $0.result.isError } }
    package func count(_ result: Result) -> Int { lines.count { $0.result == result } }
}
