import Audit
import Foundation
import GRDB
import Identity
import SelfService

extension VaultTransaction {
    /// - Returns: nil when it was made, else the seconds until there may be another message.
    func makeLink(_ draft: LinkDraft, rules: LinkRules, limits: Limits, by actor: AuditActor) throws -> Int? {
        let destination =
            draft.subject.isDecoy
            ? secrets.index.decoyDestination(draft.methodID, of: draft.subject)
            : secrets.index.destination(draft.destination, kind: .email)
        if let wait = try messageWait(destination, draft.subject, limits, from: draft.network) {
            try audit(linkEvent(.refused, draft, actor))
            return wait
        }
        let sealed = SealedLink(
            subject: draft.subject.id,
            isDecoy: draft.subject.isDecoy,
            policyName: draft.policyName,
            policyVersion: draft.policyVersion,
            methodID: draft.methodID,
            passwordStamp: draft.passwordStamp
        )
        let link = try insertLink(.reset, sealed, lifetime: rules.lifetime)
        let message = try queueLink(draft, rules, token: link.token)
        try db.execute(cached: "UPDATE link SET message = ? WHERE id = ?", arguments: [message, link.id])
        try audit(linkEvent(draft.subject.isDecoy ? .refused : .done, draft, actor))
        return nil
    }

    private func queueLink(_ draft: LinkDraft, _ rules: LinkRules, token: String) throws -> Int64 {
        var content = MessageContent(.resetLink, .mail)
        content.link = rules.url(.reset, token: token)
        content.lifetime = rules.lifetime
        var message = OutgoingMessage(channel: .email, to: draft.destination, content: content, code: token)
        message.link = content.link
        message.language = draft.language
        return try queue(message, for: draft.subject, link: (now + rules.lifetime))
    }

    private func linkEvent(_ result: AuditResult, _ draft: LinkDraft, _ actor: AuditActor) -> AuditEvent {
        AuditEvent(
            .resetLinkSent,
            result,
            by: actor,
            about: draft.subject.id,
            details: ["policy": draft.policyName, "method": draft.methodID]
        )
    }

    func tell(_ message: OutgoingMessage, to subject: Subject, _ limits: Limits, by actor: AuditActor) throws -> Int? {
        let destination = secrets.index.destination(message.to, kind: .email)
        if let wait = try messageWait(destination, subject, limits, from: nil) { return wait }
        try queue(message, for: subject)
        try audit(
            AuditEvent(.resetStarted, .refused, by: actor, about: subject.id, details: ["reason": "passwordElsewhere"])
        )
        return nil
    }

    /// Waits for no limit: who has a link has proven something, and links are as few as the mails with them. A flood of
    /// others' sessions holds up nobody who has one.
    func redeem(_ token: String, _ draft: SessionDraft, audit event: AuditEvent) throws -> IssuedSession? {
        guard let link = try link(.reset, token: token), !link.sealed.isDecoy,
            draft.subject == .person(link.sealed.subject), try !isFrozen(link.sealed.subject),
            try spendLink(link.id)
        else { return nil }
        return try begin(draft, event)
    }

    /// The word of whoever reads the person's mail is enough to stop things, and to nothing else.
    func repudiate(_ token: String, by actor: AuditActor) throws -> EntryID? {
        guard let link = try link(.repudiation, token: token), !link.sealed.isDecoy else { return nil }
        let person = link.sealed.subject
        guard try !isFrozen(person) else { return person }
        try endEverything(of: .person(person), exceptSession: nil)
        try freeze(person, by: actor, reason: "somebody who got a notice said that it was not them")
        try tell(.resetsStopped, person, evenIfIncomplete: true)
        return person
    }
}
