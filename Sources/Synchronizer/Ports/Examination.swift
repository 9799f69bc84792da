/// One thing that was looked at, and how it is.
package struct Finding: Sendable, Equatable {
    package enum Verdict: String, Sendable, Codable, CaseIterable {
        case fine, warning, failure
    }

    /// What was looked at: a server's URI, mostly.
    package var subject: String
    package var verdict: Verdict
    /// What is so, in one sentence.
    package var text: String
    /// What to do about it.
    package var remedy: String?

    package init(_ subject: String, _ verdict: Verdict, _ text: String, remedy: String? = nil) {
        self.subject = subject
        self.verdict = verdict
        self.text = text
        self.remedy = remedy
    }
}

/// The port to an examination of everything that the directory has to offer. Nothing is changed by it.
package protocol DirectoryExamination: Sendable {
    func examine() async -> [Finding]
}
