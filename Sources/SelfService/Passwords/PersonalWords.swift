import Foundation
import Identity

/// What everybody who knows the person tries first: names, user name and address, and what people put around them.
struct PersonalWords: Sendable {
    /// Fewer letters are no name that anybody would recognise in a password.
    private static let lettersMin = 3

    private let words: Set<String>

    init(_ person: User) {
        let mailbox = person.email?.split(separator: "@").first.map(String.init)
        let texts = [person.login, person.displayName, person.email, mailbox].compactMap(\.self)
        let names = person.displayName?.split(whereSeparator: { !$0.isLetter }).map(String.init) ?? []
        words = Set((texts + names).map(Self.letters).filter { $0.count >= Self.lettersMin })
    }

    /// Whether nothing is left of a password once these words, digits and signs are taken out of it.
    func make(_ password: String) -> Bool {
        var rest = Self.letters(password)
        guard !rest.isEmpty else { return false }
        for word in words.sorted(by: { ($0.count, $0) > ($1.count, $1) }) {
            rest = rest.replacingOccurrences(of: word, with: "")
        }
        return rest.isEmpty
    }

    /// Without case, marks and everything that is no letter.
    private static func letters(_ text: String) -> String {
        String(text.folding(options: [.caseInsensitive, .diacriticInsensitive], locale: nil).filter(\.isLetter))
    }
}
