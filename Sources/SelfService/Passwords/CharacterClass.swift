/// A kind of character that rules for passwords ask for.
package enum CharacterClass: String, Sendable, CaseIterable, Hashable {
    case lowerCase = "lower-case"
    case upperCase = "upper-case"
    case digit
    case special
    /// A letter without case, as of most scripts (MS-SAMR, 3.1.1.7.2).
    case otherLetter = "other-letter"

    package init(_ character: Unicode.Scalar) {
        self =
            switch character.properties.generalCategory {
            case .lowercaseLetter: .lowerCase
            case .uppercaseLetter, .titlecaseLetter: .upperCase
            case .decimalNumber: .digit
            case .otherLetter, .modifierLetter: .otherLetter
            default: .special
            }
    }

    /// For people: what is wanted.
    package func text(_ count: Int) -> String {
        let (one, many) =
            switch self {
            case .lowerCase: ("a lower-case letter", "lower-case letters")
            case .upperCase: ("an upper-case letter", "upper-case letters")
            case .digit: ("a digit", "digits")
            case .special: ("a special character", "special characters")
            case .otherLetter: ("a letter of another script", "letters of other scripts")
            }
        return count == 1 ? "At least \(one)." : "At least \(count) \(many)."
    }

    /// What is refused without it.
    package static func counts(_ text: String) -> [CharacterClass: Int] {
        text.unicodeScalars.reduce(into: [:]) { $0[CharacterClass($1), default: 0] += 1 }
    }
}
