package import Audit
package import Identity
package import SelfService

extension VaultDatabase: LinkStore {
    package func makeLink(
        _ draft: LinkDraft,
        rules: LinkRules,
        limits: Limits,
        by actor: AuditActor
    ) async throws -> Int? {
        try await decide { try $0.makeLink(draft, rules: rules, limits: limits, by: actor) }
    }

    package func link(token: String) async throws -> IssuedLink? {
        try await decide { transaction in
            guard let link = try transaction.link(.reset, token: token)?.sealed, !link.isDecoy,
                let policyName = link.policyName, let policyVersion = link.policyVersion, let methodID = link.methodID
            else { return nil }
            return IssuedLink(
                person: link.subject,
                policyName: policyName,
                policyVersion: policyVersion,
                methodID: methodID,
                passwordStamp: link.passwordStamp
            )
        }
    }

    package func redeem(
        token: String,
        _ draft: SessionDraft,
        audit event: AuditEvent
    ) async throws -> IssuedSession? {
        try await decide { try $0.redeem(token, draft, audit: event) }
    }

    package func tell(
        _ message: OutgoingMessage,
        to subject: Subject,
        limits: Limits,
        by actor: AuditActor
    ) async throws -> Int? {
        try await decide { try $0.tell(message, to: subject, limits, by: actor) }
    }

    package func repudiate(token: String, by actor: AuditActor) async throws -> EntryID? {
        try await decide { try $0.repudiate(token, by: actor) }
    }
}
