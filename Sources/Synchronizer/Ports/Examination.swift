/// One thing that was looked at, and how it is.
package struct Finding: Sendable, Equatable {
    package enum Verdict: String, Sendable, Codable, CaseIterable {
        case fine, warning, failure
    }

    /// A text that mends it where it is pasted.
    package struct Paste: Sendable, Equatable {
        /// Where: a file, or as whom into which shell.
        package var place: String
        package var text: String

        package init(_ place: String, _ text: String) {
            self.place = place
            self.text = text
        }
    }

    package var check: Check
    /// What was looked at: a server's URI, a file, a channel.
    package var subject: String
    package var verdict: Verdict
    /// What is so, in one sentence.
    package var text: String
    /// What to do about it.
    package var remedy: String?
    /// One of these does it, whichever suits.
    package var pastes: [Paste]

    package init(
        _ check: Check,
        _ subject: String,
        _ verdict: Verdict,
        _ text: String,
        remedy: String? = nil,
        pastes: [Paste] = []
    ) {
        self.check = check
        self.subject = subject
        self.verdict = verdict
        self.text = text
        self.remedy = remedy
        self.pastes = pastes
    }
}

/// The port to an examination of what the daemon rests on. Nothing is changed by it.
package protocol Examination: Sendable {
    func examine() async -> [Finding]
}
