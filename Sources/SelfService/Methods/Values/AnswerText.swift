import Foundation

/// An answer to a security question, in the form that is hashed: NFKC and case folded (P5: not case sensitive);
/// spelling and inner spacing stay exact.
package enum AnswerText {
    /// Characters that an answer may have.
    package static let lengths = 3...40

    package static func canonical(_ typed: String) -> String {
        typed.precomposedStringWithCompatibilityMapping.folding(options: .caseInsensitive, locale: nil)
            .precomposedStringWithCompatibilityMapping
    }
}
