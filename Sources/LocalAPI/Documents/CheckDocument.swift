/// The rules for a new password with a yes or no each.
package struct CheckDocument: Codable, Sendable, Equatable {
    package var acceptable: Bool
    package var rules: [RuleDocument]
    /// `true` when the directory may have further rules; otherwise absent.
    package var incomplete: Bool?

    package init(acceptable: Bool, rules: [RuleDocument], incomplete: Bool) {
        self.acceptable = acceptable
        self.rules = rules
        self.incomplete = incomplete ? true : nil
    }
}

/// One rule.
package struct RuleDocument: Codable, Sendable, Equatable {
    package var id: String
    package var text: String
    package var satisfied: Bool
    /// `directory` or `configuration`.
    package var source: String

    package init(id: String, text: String, satisfied: Bool, source: String) {
        self.id = id
        self.text = text
        self.satisfied = satisfied
        self.source = source
    }
}
