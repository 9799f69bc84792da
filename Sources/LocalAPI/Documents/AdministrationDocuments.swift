package import Foundation

/// What became of a value that was entered.
package struct EnteredMethodDocument: Codable, Sendable, Equatable {
    /// `added`, or `present` for those who may see full values.
    package var result: String

    package init(result: String) { self.result = result }
}

package struct RemovedMethodsDocument: Codable, Sendable, Equatable {
    package var removed: Int

    package init(removed: Int) { self.removed = removed }
}

/// A temporary access pass. It is shown now and never again.
package struct PassDocument: Codable, Sendable, Equatable {
    package var pass: String
    package var expiresAt: Date

    package init(pass: String, expiresAt: Date) {
        self.pass = pass
        self.expiresAt = expiresAt
    }
}

/// Whether there was anything to do: a pass to revoke, a freeze to set or lift.
package struct ChangedDocument: Codable, Sendable, Equatable {
    package var changed: Bool

    package init(changed: Bool) { self.changed = changed }
}

package struct FrozenDocument: Codable, Sendable, Equatable {
    package var login: String
    package var since: Date

    package init(login: String, since: Date) {
        self.login = login
        self.since = since
    }
}

/// What is counted against somebody.
package struct CountedLimitDocument: Codable, Sendable, Equatable {
    /// `sign-ins`, `wrong-answers`, `access-passes` or `messages`.
    package var what: String
    package var methodId: String?
    package var count: Int
    package var limit: Int
    /// When the next may be tried, where the limit is reached.
    package var until: Date?

    package init(what: String, methodId: String? = nil, count: Int, limit: Int, until: Date? = nil) {
        self.what = what
        self.methodId = methodId
        self.count = count
        self.limit = limit
        self.until = until
    }
}

/// How many registrations are to be confirmed.
package struct RequirementDocument: Codable, Sendable, Equatable {
    package var required: Int
    /// Protected people, the administrator's own account, and who is out of reach.
    package var passedOver: Int
    /// Goes on with those who hold the role; absent on the last page.
    package var next: String?

    package init(required: Int, passedOver: Int = 0, next: String? = nil) {
        self.required = required
        self.passedOver = passedOver
        self.next = next
    }
}

/// How one person's registration stands.
package struct StandingDocument: Codable, Sendable, Equatable {
    package var id: String
    package var login: String
    package var displayName: String?
    /// `complete`, `incomplete`, `reconfirm` or `none`.
    package var registration: String
    package var policy: String?
    /// How many methods count.
    package var methods: Int
    package var canReset: Bool
    package var canUnlock: Bool
    /// Codes of what is missing or in the way.
    package var reasons: [String]
    /// Kinds of which a proven value is another than the directory's.
    package var drift: [String]

    package init(
        id: String,
        login: String,
        displayName: String?,
        registration: String,
        policy: String?,
        methods: Int,
        canReset: Bool,
        canUnlock: Bool,
        reasons: [String],
        drift: [String]
    ) {
        self.id = id
        self.login = login
        self.displayName = displayName
        self.registration = registration
        self.policy = policy
        self.methods = methods
        self.canReset = canReset
        self.canUnlock = canUnlock
        self.reasons = reasons
        self.drift = drift
    }
}

/// What came of an import.
package struct ImportDocument: Codable, Sendable, Equatable {
    package struct Line: Codable, Sendable, Equatable {
        /// In the file, 1 for the first.
        package var line: Int
        package var login: String
        package var kind: String
        /// `added`, `present`, `unknown-login`, `invalid`, `protected`, `oneself`, `duplicate` or `full`.
        package var result: String
        package var detail: String?

        package init(line: Int, login: String, kind: String, result: String, detail: String?) {
            self.line = line
            self.login = login
            self.kind = kind
            self.result = result
            self.detail = detail
        }
    }

    /// Whether anything was done.
    package var applied: Bool
    package var dryRun: Bool
    package var added: Int
    package var present: Int
    package var errors: Int
    package var lines: [Line]

    package init(applied: Bool, dryRun: Bool, added: Int, present: Int, errors: Int, lines: [Line]) {
        self.applied = applied
        self.dryRun = dryRun
        self.added = added
        self.present = present
        self.errors = errors
        self.lines = lines
    }
}
