/// What an examination found.
package struct ExaminationDocument: Codable, Sendable, Equatable {
    package struct Finding: Codable, Sendable, Equatable {
        /// What was looked at: a server's URI, mostly.
        package var subject: String
        /// `fine`, `warning` or `failure`.
        package var verdict: String
        package var text: String
        /// What to do about it.
        package var remedy: String?

        package init(subject: String, verdict: String, text: String, remedy: String?) {
            self.subject = subject
            self.verdict = verdict
            self.text = text
            self.remedy = remedy
        }
    }

    package var findings: [Finding]

    package init(findings: [Finding]) { self.findings = findings }
}
