import Foundation

/// Holds a person's answers against the rules, and makes verifiers of them.
struct AnswerEnrolment: Sendable {
    let rule: QuestionRule
    let hashing: any SecretHashing

    /// - Throws: ``ServiceError`` that says which rule was broken, and of which question.
    func secrets(of answers: [QuestionAnswer]) async throws(ServiceError) -> AnswerSecrets {
        guard answers.count == rule.register else {
            throw refused("Answer exactly \(rule.register) questions.")
        }
        let canonical = answers.map { (id: $0.questionID, text: AnswerText.canonical($0.answer)) }
        guard Set(canonical.map(\.id)).count == canonical.count else {
            throw refused("Choose each question once only.")
        }
        for answer in canonical { try check(answer.id, answer.text) }
        guard Set(canonical.map(\.text)).count == canonical.count else {
            throw refused("Give each question an answer of its own.")
        }
        var secrets = AnswerSecrets(answers: [])
        for answer in canonical {
            do {
                secrets.answers.append(
                    .init(questionID: answer.id, verifier: try await hashing.verifier(of: answer.text))
                )
            } catch {
                throw ServiceEnvironment.tooMany(ServiceEnvironment.busyPause)
            }
        }
        return secrets
    }

    private func check(_ id: String, _ answer: String) throws(ServiceError) {
        guard let question = rule.bank.first(where: { $0.id == id }) else {
            throw refused("One of the questions is not in the list.")
        }
        let name = "The answer to “\(question.text)”"
        guard AnswerText.lengths.contains(answer.count) else {
            throw refused(
                "\(name) must have \(AnswerText.lengths.lowerBound) to \(AnswerText.lengths.upperBound) characters."
            )
        }
        guard !answer.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) else {
            throw refused("\(name) has a control character in it.")
        }
        guard answer.contains(where: { !$0.isWhitespace }), answer != AnswerText.canonical(question.text) else {
            throw refused("\(name) must be an answer, not the question or nothing.")
        }
    }

    private func refused(_ text: String) -> ServiceError { ServiceError(.invalidValue, text, field: "answers") }
}
