package import Identity

/// One decision, as the audit keeps it.
///
/// An event never carries a secret, an address, a number or a login: it names people by the directory's
/// immutable id and methods by theirs. Subject and details of an event about somebody are what is personal in it, and
/// can be erased.
package struct AuditEvent: Sendable, Equatable, Codable {
    package var action: AuditAction
    package var result: AuditResult
    package var actor: AuditActor
    /// The person whom the decision is about. For somebody who does not exist it is the decoy's id.
    package var subject: EntryID?
    /// Stable, machine-readable particulars: a reason code, a method id, a policy name, a count.
    package var details: [String: String]

    package init(
        _ action: AuditAction,
        _ result: AuditResult,
        by actor: AuditActor,
        about subject: EntryID? = nil,
        details: [String: String] = [:]
    ) {
        self.action = action
        self.result = result
        self.actor = actor
        self.subject = subject
        self.details = details
    }
}

extension AuditEvent {
    /// The only detail of an event whose personal fields were erased, and its value.
    package static let erasedDetail = "person"
    package static let erasedPerson = "erased"
}

/// How a decision went.
package enum AuditResult: String, Sendable, Codable, CaseIterable {
    case done, refused, failed, unknown
}

/// What was decided. The raw values are stored: add, never rename.
package enum AuditAction: String, Sendable, Codable, CaseIterable {
    case daemonStarted = "daemon.started"
    case daemonStopped = "daemon.stopped"
    case configurationReloaded = "configuration.reloaded"
    case signIn = "sign-in"
    case methodAdded = "method.added"
    case methodChanged = "method.changed"
    case methodRemoved = "method.removed"
    case methodVerified = "method.verified"
    case registrationCompleted = "registration.completed"
    case registrationConfirmed = "registration.confirmed"
    case challengeOpened = "challenge.opened"
    case challengeAnswered = "challenge.answered"
    case resetStarted = "reset.started"
    case resetLinkRequested = "reset-link.requested"
    case resetLinkSent = "reset-link.sent"
    case gatePassed = "reset.gate-passed"
    case passwordWriteIntended = "password.write-intended"
    case passwordWritten = "password.written"
    case passwordReverted = "password.reverted"
    case unlockRequested = "unlock.requested"
    case unlockIntended = "unlock.intended"
    case unlocked = "unlock"
    case messageDelivered = "message.delivered"
    case messageDropped = "message.dropped"
    case syncRequested = "sync.requested"
    case quarantineReleased = "quarantine.released"
    case quarantineRefused = "quarantine.refused"
    case registrationDisabled = "registration.disabled"
    case registrationRevived = "registration.revived"
    case registrationPurged = "registration.purged"
    case approvalRejected = "approval.rejected"
    case personFrozen = "person.frozen"
    case limitReached = "limit.reached"
    case limitsCleared = "limits.cleared"
    case freezeLifted = "freeze.lifted"
    case passIssued = "pass.issued"
    case passRevoked = "pass.revoked"
    case passUsed = "pass.used"
    case personLookedUp = "person.looked-up"
    case methodsRevealed = "methods.revealed"
    case methodsImported = "methods.imported"
    case registrationReopened = "registration.reopened"
    case confirmationRequired = "registration.confirmation-required"
    case administrationRefused = "administration.refused"
    case secondApprovalRequested = "second-approval.requested"
    case secondApprovalGiven = "second-approval.given"
    case secondApprovalRefused = "second-approval.refused"
    case auditVerified = "audit.verified"
    case auditPruned = "audit.pruned"
    case keysRotated = "vault.keys-rotated"
    case rotationFinished = "vault.rotation-finished"
    case vaultBackedUp = "vault.backed-up"
    case vaultRestored = "vault.restored"
    case personExported = "person.exported"
    case personErased = "person.erased"
}

/// Who decided.
package enum AuditActor: Sendable, Equatable, Codable {
    /// The daemon itself, at start or in the background.
    case daemon
    /// The person, through a reset front end of this name.
    case frontend(String)
    /// An administrator on the admin socket, by effective uid of the peer.
    case administrator(uid: UInt32)
}
