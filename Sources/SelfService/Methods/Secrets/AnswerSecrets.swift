/// The answers of one person, each under a slow hash, and the questions that are asked until they are answered.
package struct AnswerSecrets: Sendable, Equatable, Codable {
    package struct Answer: Sendable, Equatable, Codable {
        package var questionID: String
        package var verifier: SecretVerifier

        package init(questionID: String, verifier: SecretVerifier) {
            self.questionID = questionID
            self.verifier = verifier
        }
    }

    package var answers: [Answer]
    /// What is asked stays the same until it is answered: nobody gets an easier set by asking again.
    package var asked: [String]?

    package init(answers: [Answer], asked: [String]? = nil) {
        self.answers = answers
        self.asked = asked
    }
}
