import Identity

extension DirectoryPasswordRules {
    /// Those rules that can be looked at here. Lengths stand elsewhere, beside the configured ones.
    func check(_ password: Password, _ counts: [CharacterClass: Int], _ person: User?) -> [PasswordRuleResult] {
        var results = CharacterClass.allCases.compactMap { kind in
            classes[kind].map { PasswordRuleResult(kind, atLeast: $0, counts, source: .directory) }
        }
        if let categories, categories > 1 {
            results.append(
                PasswordRuleResult(
                    id: "categories",
                    text: "Characters of \(categories) kinds: lower-case and upper-case letters, digits, special ones.",
                    satisfied: counts.count >= categories,
                    source: .directory,
                    reason: .passwordTooSimple
                )
            )
        }
        if forbidsNames, let person {
            results.append(
                PasswordRuleResult(
                    id: "names",
                    text: "Neither your user name nor a part of your name.",
                    satisfied: !Self.holdsName(password, person),
                    source: .directory,
                    reason: .passwordTooSimple
                )
            )
        }
        return results
    }

    /// MS-SAMR, 3.1.1.7.2: the whole login where it has three characters, and each part of the name that has.
    private static func holdsName(_ password: Password, _ person: User) -> Bool {
        let separators: Set<Character> = [",", ".", "-", "_", " ", "#", "\t"]
        let parts = (person.displayName ?? "").split(whereSeparator: separators.contains).map(String.init)
        let text = password.text.lowercased()
        return ([person.login] + parts).contains { $0.count >= 3 && text.contains($0.lowercased()) }
    }
}

extension PasswordRuleResult {
    init(_ kind: CharacterClass, atLeast count: Int, _ counts: [CharacterClass: Int], source: Source) {
        self.init(
            id: kind.rawValue,
            text: kind.text(count),
            satisfied: counts[kind, default: 0] >= count,
            source: source,
            reason: .passwordTooSimple
        )
    }
}
