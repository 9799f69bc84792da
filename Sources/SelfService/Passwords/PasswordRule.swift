package import Identity

/// One rule for new passwords and whether a candidate meets it.
package struct PasswordRuleResult: Sendable, Equatable {
    package enum Source: String, Sendable, Codable, CaseIterable { case directory, configuration }

    /// Stable: `length`, `blocklist`, `lower-case`, …
    package var id: String
    package var text: String
    package var satisfied: Bool
    package var source: Source
    package var reason: RefusalReason

    package init(id: String, text: String, satisfied: Bool, source: Source, reason: RefusalReason) {
        self.id = id
        self.text = text
        self.satisfied = satisfied
        self.source = source
        self.reason = reason
    }
}

/// The rules that the configuration adds to the directory's own (NIST SP 800-63B-4, 3.1.1).
package struct PasswordRules: Sendable, Equatable {
    /// In Unicode code points.
    package var minimumLength: Int
    package var maximumLength: Int
    /// Lower case; compared with the folded candidate.
    package var blocklist: Set<String>
    /// Of each at least one. NIST and ASVS advise against such rules; some sites have to have them.
    package var classes: Set<CharacterClass> = []

    package static let maximumLengthDefault = 256

    package init(minimumLength: Int = 0, maximumLength: Int = maximumLengthDefault, blocklist: Set<String> = []) {
        self.minimumLength = minimumLength
        self.maximumLength = maximumLength
        self.blocklist = blocklist
    }

    /// Every rule, the directory's first, each with its answer.
    /// - Parameter person: of whose names alone the password may not be made (NIST SP 800-63B-4, 3.1.1.2).
    package func check(
        _ password: Password,
        directory: DirectoryPasswordRules,
        person: User? = nil
    ) -> [PasswordRuleResult] {
        let length = password.text.unicodeScalars.count
        let counts = CharacterClass.counts(password.text)
        var results = directory.check(password, counts, person)
        if let minimum = directory.minimumLength, minimum > 0 {
            results.append(Self.atLeast(minimum, length: length, source: .directory))
        }
        if let maximum = directory.maximumLength, maximum > 0 {
            results.append(Self.atMost(maximum, length: length, source: .directory))
        }
        if minimumLength > 0 { results.append(Self.atLeast(minimumLength, length: length, source: .configuration)) }
        results.append(Self.atMost(maximumLength, length: length, source: .configuration))
        results += CharacterClass.allCases.filter(classes.contains).map {
            PasswordRuleResult($0, atLeast: 1, counts, source: .configuration)
        }
        if !blocklist.isEmpty { results.append(notListed(password)) }
        if let person, PersonalWords(person).make(password.text) { results.append(Self.ownName) }
        return results
    }

    private static func atLeast(
        _ minimum: Int,
        length: Int,
        source: PasswordRuleResult.Source
    ) -> PasswordRuleResult {
        PasswordRuleResult(
            id: "minimum-length",
            text: "At least \(minimum) characters.",
            satisfied: length >= minimum,
            source: source,
            reason: .passwordTooShort
        )
    }

    private static func atMost(_ maximum: Int, length: Int, source: PasswordRuleResult.Source) -> PasswordRuleResult {
        PasswordRuleResult(
            id: "maximum-length",
            text: "At most \(maximum) characters.",
            satisfied: length <= maximum,
            source: source,
            reason: .passwordTooLong
        )
    }

    /// Shown once it is broken: it is none of the rules that a site has chosen.
    private static var ownName: PasswordRuleResult {
        PasswordRuleResult(
            id: "personal",
            text: "Not your name, user name or address, whatever is put around it.",
            satisfied: false,
            source: .configuration,
            reason: .passwordBlocked
        )
    }

    private func notListed(_ password: Password) -> PasswordRuleResult {
        PasswordRuleResult(
            id: "blocklist",
            text: "Not one of the passwords that are guessed first.",
            satisfied: !blocklist.contains(password.text.lowercased()),
            source: .configuration,
            reason: .passwordBlocked
        )
    }
}
