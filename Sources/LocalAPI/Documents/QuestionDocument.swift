/// A security question.
package struct QuestionDocument: Codable, Sendable, Equatable {
    package var id: String
    package var text: String

    package init(id: String, text: String) {
        self.id = id
        self.text = text
    }
}
