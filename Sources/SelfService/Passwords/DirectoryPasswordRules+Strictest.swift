extension DirectoryPasswordRules {
    /// What a password must meet that is written to several directories; nil for none. What only a write to one of them
    /// is kept from (minimum age, the old password) is not part of it.
    static func strictest(of all: [DirectoryPasswordRules]) -> DirectoryPasswordRules? {
        guard var rules = all.first else { return nil }
        for other in all.dropFirst() {
            rules.minimumLength = larger(rules.minimumLength, other.minimumLength)
            rules.maximumLength = [rules.maximumLength, other.maximumLength].compactMap { $0 }.filter { $0 > 0 }.min()
            rules.classes.merge(other.classes, uniquingKeysWith: max)
            rules.categories = larger(rules.categories, other.categories)
            rules.forbidsNames = rules.forbidsNames || other.forbidsNames
            rules.history = larger(rules.history, other.history)
            rules.isComplete = rules.isComplete && other.isComplete
            rules.isCertain = rules.isCertain && other.isCertain
        }
        return rules
    }

    private static func larger(_ one: Int?, _ other: Int?) -> Int? { [one, other].compactMap { $0 }.max() }
}
