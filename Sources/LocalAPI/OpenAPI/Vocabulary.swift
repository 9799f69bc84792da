import Identity

/// The closed sets of words in requests and answers, by what they say. Most belong to a type that the services own: a
/// test holds each against it.
package enum Vocabulary {
    package static let methodKinds = [
        "authenticator", "app-notification", "mobile-phone", "alternate-phone", "office-phone", "email",
        "security-questions", "recovery-codes", "access-pass",
    ]
    package static let via = ["text", "call"]
    package static let methodStates = ["verified", "unverified", "candidate"]
    package static let methodSources = ["person", "administrator", "directory", "imported"]
    package static let registrationStates = ["complete", "incomplete", "reconfirm"]
    package static let challengeStates = ["pending", "passed", "failed", "expired", "denied"]
    package static let purposes = ["reset", "unlock"]
    package static let decisions = ["approve", "deny"]
    package static let outcomes = ["applied", "refused", "unknown"]
    package static let refusals = [
        "password-too-short", "password-too-long", "password-too-simple", "password-in-history", "password-too-young",
        "password-blocked", "password-invalid", "old-password-required", "change-not-allowed", "administrator-lock",
        "account-disabled", "account-not-yet-valid", "account-expired", "account-idle", "account-protected",
        "account-gone", "account-not-found", "account-ambiguous", "directory-unavailable", "not-attempted",
        "insufficient-rights", "constraint-violation", "other",
    ]
    package static let ruleSources = ["directory", "configuration"]
    package static let enrolments = ["password", "candidate", "pass"]
    package static let doubts = ["held-entry", "held-role", "roles-unread"]
    package static let countedLimits = ["sign-ins", "wrong-answers", "access-passes", "messages"]
    package static let approvalStates = ["pending", "approved"]
    package static let importResults = [
        "added", "present", "unknown-login", "invalid", "protected", "oneself", "duplicate", "full",
    ]
    package static let reportStates = [
        "registered", "complete", "reconfirm", "incomplete", "none", "capable", "incapable",
    ]
    package static let policyChanges = [
        "loses-reset", "loses-unlock", "becomes-incomplete", "gains-reset", "gains-unlock", "becomes-complete",
        "changes-policy",
    ]
    package static let syncStates = ["starting", "live", "polling", "held", "failed"]
    package static let syncPhases = ["waiting", "connecting", "refreshing", "committing", "finished", "failed"]
    package static let machineStates = [
        "starting", "connecting", "probing", "refreshing", "resyncing", "persisting", "polling", "quarantine",
        "stale", "stopped",
    ]
    package static let machineCauses = [
        "started", "requested", "retried", "reached", "identified", "caughtUp", "heard", "held", "decided", "silent",
        "failed", "startedOver", "ended", "stopped",
    ]
    package static let changeActions = ["added", "changed", "removed"]
    package static let verdicts = ["fine", "warning", "failure"]
    package static let heldKinds = ["user", "role", "membership"]
    package static let heldReasons = ["count", "everything", "group"]
    package static let anchorFindings = ["holds", "broken", "too-old"]
    package static let auditResults = ["done", "refused", "failed", "unknown"]
    package static let actors = ["daemon", "frontend", "administrator"]
    package static let feedKinds = ["changes", "transitions"]
    package static let accountStates = AccountStatus.State.allCases.map(\.rawValue)
    package static let locks = LockState.allCases.filter { $0 != .unlocked }.map(\.rawValue)
    package static let freshnessStates = Freshness.State.allCases.map(\.rawValue)
}
