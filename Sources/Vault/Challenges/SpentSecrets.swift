import Foundation
import Identity
import SelfService

extension VaultTransaction {
    /// What a right answer uses up: a recovery code is gone, questions are drawn anew the next time.
    /// - Returns: false when somebody was quicker.
    func spend(_ outcome: ComparisonOutcome, _ method: RegisteredMethod, of person: EntryID) throws -> Bool {
        var method = method
        switch (method.secret, outcome) {
        case (.codes(var codes), .rightCode(let number)):
            guard codes.codes.contains(where: { $0.number == number }) else { return false }
            codes.codes.removeAll { $0.number == number }
            method.secret = .codes(codes)
        case (.answers(var answers), .right):
            answers.asked = nil
            method.secret = .answers(answers)
        case (.pass(let pass), .right):
            guard pass.isLive(at: now.date) else { return false }
            try delete(method, of: person)
            return false
        default: return false
        }
        try update(method, of: person)
        return true
    }
}
