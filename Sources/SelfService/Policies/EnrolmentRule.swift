/// What a first registration needs beside the password.
package enum EnrolmentRule: String, Sendable, Codable, CaseIterable {
    /// Nothing: who knows the password registers.
    case password
    /// The proof of a value that the directory, an import or an administrator gave.
    case candidate
    /// A temporary access pass.
    case pass
}

/// Security questions under a policy.
package struct QuestionRule: Sendable, Equatable, Codable {
    package struct Question: Sendable, Equatable, Codable {
        package var id: String
        package var text: String

        package init(id: String, text: String) {
            self.id = id
            self.text = text
        }
    }

    /// How many answers make the method.
    package var register: Int
    /// How many are asked.
    package var answer: Int
    package var bank: [Question]

    package init(register: Int, answer: Int, bank: [Question]) {
        self.register = register
        self.answer = answer
        self.bank = bank
    }

    /// The texts of questions, in the given order; one that was taken out of the bank is still asked by its id.
    package func questions(_ ids: [String]) -> [Question] {
        ids.map { id in bank.first { $0.id == id } ?? Question(id: id, text: id) }
    }
}
