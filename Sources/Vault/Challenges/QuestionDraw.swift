import Foundation
import SelfService

extension VaultTransaction {
    /// The questions that a challenge asks: those that were asked before and not answered, or new ones. A decoy's
    /// are always the same.
    func questions(_ draft: ChallengeDraft, of subject: Subject) throws -> [String]? {
        guard let wanted = draft.questions else { return nil }
        guard
            !subject.isDecoy,
            var method = try methods(of: subject.id).first(where: { $0.id == draft.methodID }),
            case .answers(var answers) = method.secret
        else { return wanted.decoys }
        let known = Set(answers.answers.map(\.questionID))
        if let asked = answers.asked, asked.count == wanted.count, known.isSuperset(of: asked) { return asked }
        var generator = SystemRandomNumberGenerator()
        let drawn = Array(answers.answers.map(\.questionID).shuffled(using: &generator).prefix(wanted.count))
        answers.asked = drawn
        method.secret = .answers(answers)
        try update(method, of: subject.id)
        return drawn
    }
}
