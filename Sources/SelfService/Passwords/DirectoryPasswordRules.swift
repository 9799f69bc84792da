package import Foundation

/// What is known of a directory's rules for new passwords.
package struct DirectoryPasswordRules: Sendable, Equatable {
    package var minimumLength: Int?
    package var maximumLength: Int?
    /// Of these at least so many.
    package var classes: [CharacterClass: Int] = [:]
    /// How many of the classes must occur.
    package var categories: Int?
    /// Whether it may hold neither the login nor a part of the name.
    package var forbidsNames = false
    /// How many old passwords are refused.
    package var history: Int?
    /// Seconds that a password must be kept.
    package var minimumAge: TimeInterval = 0
    /// Whether the directory takes no password without the old one.
    package var needsOldPassword = false
    /// `false` when not all of it can be read: the server may have further rules.
    package var isComplete: Bool
    /// `false` where the directory has several policies and does not say which is in effect: these are the strictest.
    package var isCertain = true

    package init(minimumLength: Int? = nil, maximumLength: Int? = nil, history: Int? = nil, isComplete: Bool = false) {
        self.minimumLength = minimumLength
        self.maximumLength = maximumLength
        self.history = history
        self.isComplete = isComplete
    }
}
