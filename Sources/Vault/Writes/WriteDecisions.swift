import Audit
import Foundation
import Identity
import SelfService

extension VaultTransaction {
    /// The one door to a write-back. The session's own record decides, never the caller's copy of it.
    func begin(
        _ kind: WriteIntent.Kind,
        of person: EntryID,
        sessionID: Int64?,
        before: AccountMarker,
        by actor: AuditActor
    ) throws -> WriteIntent? {
        if let sessionID {
            guard try takeRight(to: kind, of: person, from: sessionID) else { return nil }
        }
        let intent = try insertIntent(kind, of: person, sessionID: sessionID, before: before)
        try audit(
            AuditEvent(
                kind == .password ? .passwordWriteIntended : .unlockIntended,
                .done,
                by: actor,
                about: person,
                details: ["intent": "\(intent.id)"]
            )
        )
        return intent
    }

    /// Proofs for one purpose are none for the other: a policy may ask for fewer to unlock than to reset.
    private func takeRight(to kind: WriteIntent.Kind, of person: EntryID, from sessionID: Int64) throws -> Bool {
        guard
            try !isFrozen(person), var stored = try livingSession(id: sessionID),
            stored.session.subject == .person(person),
            var progress = stored.session.progress, progress.purpose == kind.purpose, progress.beginWriting()
        else { return false }
        stored.session.kind = .reset(progress)
        try save(stored)
        return true
    }

    /// Records what became of an intent. A resolved one stays as it is.
    func finish(_ id: Int64, outcome: WriteOutcome, by actor: AuditActor) throws {
        guard let intent = try intent(id), let former = try state(ofIntent: id), !former.isResolved else { return }
        try setState(outcome.intentState, ofIntent: id)
        if let link = intent.link { return try finish(intent, link, outcome, actor) }
        try settleSession(of: intent, former: former, outcome)
        if intent.kind == .password, outcome.result == .applied {
            try endEverything(of: .person(intent.person), exceptSession: intent.sessionID)
            // What was sent stays counted; whoever got in has nothing to make up for.
            try forgetFailures(of: intent.person)
            try watch(intent, after: outcome.after)
        }
        if outcome.result == .applied {
            let notice = intent.kind == .password ? Notice.passwordChanged : .accountUnlocked
            try tell(notice, intent.person, evenIfIncomplete: true)
        }
        try audit(event(intent, outcome, actor))
        try settleLinked(of: intent, outcome, actor)
    }

    /// An outcome that arrives after an unknown one must not end the right to write that was given meanwhile,
    /// unless the password was written.
    private func settleSession(of intent: WriteIntent, former: IntentState, _ outcome: WriteOutcome) throws {
        guard
            let id = intent.sessionID, var stored = try session(id: id), var progress = stored.session.progress
        else { return }
        if outcome.result == .applied {
            // From `open`, where an unknown outcome left it, the way to `spent` leads through `writing`.
            _ = progress.beginWriting()
            progress.endWriting(isFinal: true)
        } else if former == .pending {
            progress.endWriting(isFinal: outcome.isFinal)
        }
        stored.session.kind = .reset(progress)
        try save(stored)
    }

    func event(_ intent: WriteIntent, _ outcome: WriteOutcome, _ actor: AuditActor) -> AuditEvent {
        var event = AuditEvent(
            intent.kind == .password ? .passwordWritten : .unlocked,
            outcome.auditResult,
            by: actor,
            about: intent.person,
            details: ["intent": "\(intent.id)", "server": outcome.server, "unlocked": "\(outcome.unlocked)"]
        )
        event.details["reason"] = outcome.reason?.rawValue
        event.details["directory"] = intent.link?.directory
        if !outcome.lockedOn.isEmpty { event.details["lockedOn"] = outcome.lockedOn.joined(separator: ",") }
        if !outcome.notEnforced.isEmpty { event.details["notEnforced"] = outcome.notEnforced.joined(separator: ",") }
        return event
    }
}

extension WriteIntent.Kind {
    fileprivate var purpose: ResetPurpose {
        switch self {
        case .password: .reset
        case .unlock: .unlock
        }
    }
}

extension WriteOutcome {
    /// Whether the session is over: not when another password may do, and not when nobody knows.
    fileprivate var isFinal: Bool {
        switch result {
        case .applied: true
        // Without a reason nothing was sent: it may be tried again.
        case .refused: !(reason?.concernsPassword ?? true)
        case .unknown: false
        }
    }

    fileprivate var intentState: VaultTransaction.IntentState {
        switch result {
        case .applied: .applied
        case .refused: .refused
        case .unknown: .unknown
        }
    }

    fileprivate var auditResult: AuditResult {
        switch result {
        case .applied: .done
        case .refused: .refused
        case .unknown: .unknown
        }
    }
}
