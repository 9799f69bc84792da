/// What became of a write to the directory. Its members tell of the one that is mirrored; `directories` lists that one
/// first, and then each that is written after it.
package struct OutcomeDocument: Codable, Sendable, Equatable {
    /// `applied`, `refused` or `unknown`.
    package var outcome: String
    package var reason: String?
    package var unlocked: Bool
    /// Rules that the server did not enforce on this write.
    package var notEnforced: [String]?
    /// Servers on which the account is still locked, as far as they were reached.
    package var lockedOn: [String]?
    /// Whether another password is to be chosen at the next sign-in.
    package var mustChange: Bool?
    package var directories: [DirectoryOutcomeDocument]

    package init(
        outcome: String,
        reason: String?,
        unlocked: Bool,
        notEnforced: [String]?,
        lockedOn: [String]? = nil,
        mustChange: Bool? = nil,
        directories: [DirectoryOutcomeDocument]
    ) {
        self.outcome = outcome
        self.reason = reason
        self.unlocked = unlocked
        self.notEnforced = notEnforced
        self.lockedOn = lockedOn
        self.mustChange = mustChange
        self.directories = directories
    }
}

/// The outcome in one of the directories that were written.
package struct DirectoryOutcomeDocument: Codable, Sendable, Equatable {
    /// What the configuration calls the directory that is mirrored.
    package static let mainName = "directory"

    package var name: String
    package var server: String
    package var outcome: String
    package var reason: String?
    /// Rules that its server did not enforce on this write.
    package var notEnforced: [String]?
    /// Its servers on which the account is still locked, as far as they were reached.
    package var lockedOn: [String]?

    package init(
        name: String = mainName,
        server: String,
        outcome: String,
        reason: String?,
        notEnforced: [String]? = nil,
        lockedOn: [String]? = nil
    ) {
        self.notEnforced = notEnforced
        self.lockedOn = lockedOn
        self.name = name
        self.server = server
        self.outcome = outcome
        self.reason = reason
    }
}
