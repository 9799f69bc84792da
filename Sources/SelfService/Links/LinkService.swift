import Audit
import Foundation
import Identity

/// Resets that begin with an email address: a link goes to the mailbox, and whoever opens it has proven it.
struct LinkService: Sendable {
    let environment: ServiceEnvironment

    private func rules() throws(ServiceError) -> LinkRules {
        guard let links = environment.links else {
            throw ServiceError(.notPermitted, "Links are not configured: `links.baseURL` is missing.")
        }
        return links
    }

    // MARK: Asking for one

    /// The answer is the same whatever the address is. What was found goes to the mailbox alone.
    func request(email typed: String, from caller: Caller) async throws(ServiceError) {
        let rules = try rules()
        let email = typed.trimmingCharacters(in: .whitespaces)
        guard email.contains("@"), email.utf8.count <= ResetService.loginLimit else {
            throw ServiceError(.invalidValue, "Give an email address.", field: "email")
        }
        let user = try await bearer(of: email)
        let decoy = environment.decoys.subject(for: user?.login ?? email)
        let account = try await environment.account(user?.id ?? decoy.id)
        let stored = try await environment.vault { try await $0.registration(of: user?.id ?? decoy.id) }
        let adopted = try await environment.adoptingTrusted(account, stored)
        if let account, let notice = elsewhere(account, adopted, email) {
            _ = try await environment.vault {
                try await $0.tell(notice, to: .person(account.user.id), limits: environment.limits, by: caller.actor)
            }
        } else {
            var draft = draft(for: account, adopted, typed: email, decoy: decoy, caller)
            draft.network = caller.network
            _ = try await environment.vault { [draft] in
                try await $0.makeLink(draft, rules: rules, limits: environment.limits, by: caller.actor)
            }
        }
        environment.wakeCourier()
    }

    /// For the helpdesk. The helper sees neither the link nor the address.
    func send(to user: User, by actor: AuditActor) async throws(ServiceError) {
        let rules = try rules()
        let account = try await environment.account(user.id)
        let stored = try await environment.vault { try await $0.registration(of: user.id) }
        let adopted = try await environment.adoptingTrusted(account, stored)
        let judged = judge(account, adopted)
        guard case .success(let candidate) = judged else {
            if case .failure(let error) = judged { throw ServiceError(.notPermitted, error.obstacle.text) }
            return
        }
        guard let method = mailbox(of: candidate, typed: nil) else {
            throw ServiceError(
                .notPermitted,
                "The person has no address that counts for a reset. Issue a pass, or ask them to use another method."
            )
        }
        let draft = self.draft(to: method, of: candidate, language: nil)
        let limits = environment.limits
        if let wait = try await environment.vault({
            try await $0.makeLink(draft, rules: rules, limits: limits, by: actor)
        }) {
            throw ServiceEnvironment.tooMany(wait)
        }
        environment.wakeCourier()
    }

    /// An address that several people share is nobody's.
    private func bearer(of email: String) async throws(ServiceError) -> User? {
        let people = try await environment.mirror { try await $0.people(email: email) }
        return people.count == 1 ? people.first : nil
    }

    private func judge(
        _ account: LiveAccount?,
        _ stored: StoredRegistration
    ) -> Result<ResetCandidate, ResetCandidate.ObstacleError> {
        ResetCandidate.judge(
            account,
            stored: stored,
            policies: environment.policies,
            purpose: .reset,
            now: environment.clock.now
        )
    }

    /// What is told to people whose password lives elsewhere, at the address that the directory has for them.
    private func elsewhere(_ account: LiveAccount, _ stored: StoredRegistration, _ typed: String) -> OutgoingMessage? {
        guard let text = environment.standing(of: account, stored)?.policy.passwordElsewhere,
            let address = account.user.email, Self.isSame(address, typed)
        else { return nil }
        var content = MessageContent(.nothingToReset, .mail)
        content.text = text
        return OutgoingMessage(channel: .email, to: address, content: content)
    }

    private func draft(
        for account: LiveAccount?,
        _ stored: StoredRegistration,
        typed: String,
        decoy: Subject,
        _ caller: Caller
    ) -> LinkDraft {
        if case .success(let candidate) = judge(account, stored), let method = mailbox(of: candidate, typed: typed) {
            return draft(to: method, of: candidate, language: caller.language)
        }
        // The same work for whoever gets none; the mail goes to the end and nowhere.
        let policy = environment.decoys.policy(of: decoy, among: environment.policies.policies).name
        return LinkDraft(
            subject: decoy,
            policyName: policy,
            policyVersion: environment.policies.version(of: policy) ?? "",
            methodID: decoy.id.description,
            destination: "somebody@example.invalid",
            language: caller.language
        )
    }

    private func draft(to method: RegisteredMethod, of candidate: ResetCandidate, language: String?) -> LinkDraft {
        LinkDraft(
            subject: .person(candidate.account.user.id),
            policyName: candidate.review.policy.name,
            policyVersion: environment.policies.version(of: candidate.review.policy.name) ?? "",
            methodID: method.id,
            destination: method.destination,
            language: language,
            passwordStamp: candidate.account.passwordStamp
        )
    }

    /// One recipient, and always a stored value: that of the address that was typed, or else the first that counts.
    private func mailbox(of candidate: ResetCandidate, typed: String?) -> RegisteredMethod? {
        let boxes = candidate.review.usable.filter { $0.kind == .email }
        return boxes.first { box in typed.map { Self.isSame(box.destination, $0) } ?? false } ?? boxes.first
    }

    private static func isSame(_ one: String, _ other: String) -> Bool { MatchKey(one).text == MatchKey(other).text }
}

// MARK: Using one

extension LinkService {
    /// One request, whatever follows: a mail scanner that opens the page spends nothing.
    func redeem(_ token: String, from caller: Caller) async throws(ServiceError) -> ResetService.Opened {
        _ = try rules()
        let issued = try await environment.vault { try await $0.link(token: token) }
        // Nobody's link asks the directory for nobody, as long as anybody's takes.
        let account = try await environment.account(issued?.person ?? environment.decoys.subject(for: token).id)
        guard let issued, let account else { throw ServiceEnvironment.deadToken }
        try environment.requirePassword(issued.passwordStamp, of: account)
        let stored = try await environment.vault { try await $0.registration(of: issued.person) }
        let judged = judge(account, try await environment.adoptingTrusted(account, stored))
        guard case .success(let candidate) = judged, candidate.review.policy.name == issued.policyName,
            issued.policyVersion == environment.policies.version(of: issued.policyName),
            let method = candidate.review.usable.first(where: { $0.id == issued.methodID })
        else { throw ServiceEnvironment.deadToken }
        var progress = ResetProgress(
            purpose: .reset,
            required: candidate.review.policy.gates(for: .reset)
        )
        progress.accept(ResetProgress.Proof(methodID: method.id, kind: method.kind, value: method.value))
        let draft = SessionDraft(
            subject: .person(issued.person),
            from: caller,
            policyName: issued.policyName,
            policyVersion: issued.policyVersion,
            lifetime: environment.lifetimes.reset,
            kind: .reset(progress),
            passwordStamp: account.passwordStamp
        )
        let event = AuditEvent(
            .resetStarted,
            .done,
            by: caller.actor,
            about: issued.person,
            details: ["purpose": "reset", "policy": issued.policyName, "by": "link", "method": issued.methodID]
        )
        let opened = try await environment.vault { try await $0.redeem(token: token, draft, audit: event) }
        guard let opened else { throw ServiceEnvironment.deadToken }
        return ResetService.Opened(token: opened.token, session: opened.session)
    }

    /// "This was not me."
    func repudiate(_ token: String, from caller: Caller) async throws(ServiceError) {
        let person = try await environment.vault { try await $0.repudiate(token: token, by: caller.actor) }
        guard person != nil else { throw ServiceEnvironment.deadToken }
        environment.wakeCourier()
    }
}
