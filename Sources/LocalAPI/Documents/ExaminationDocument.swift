/// What an examination found.
package struct ExaminationDocument: Codable, Sendable, Equatable {
    package struct Finding: Codable, Sendable, Equatable {
        /// The check's name, which stays.
        package var check: String
        /// What was looked at: a server's URI, a file, a channel.
        package var subject: String
        /// `fine`, `warning` or `failure`.
        package var verdict: String
        package var text: String
        /// What to do about it.
        package var remedy: String?
        /// Texts that mend it; one of them does.
        package var paste: [Paste]

        package init(
            check: String,
            subject: String,
            verdict: String,
            text: String,
            remedy: String?,
            paste: [Paste] = []
        ) {
            self.check = check
            self.subject = subject
            self.verdict = verdict
            self.text = text
            self.remedy = remedy
            self.paste = paste
        }
    }

    /// A text to paste, and where.
    package struct Paste: Codable, Sendable, Equatable {
        package var place: String
        package var text: String

        package init(place: String, text: String) {
            self.place = place
            self.text = text
        }
    }

    package var findings: [Finding]

    package init(findings: [Finding]) { self.findings = findings }
}
