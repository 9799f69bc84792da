import Audit
import Identity

// MARK: Registrations of many people

extension Helpdesk {
    /// People whose registrations one transaction of the vault reads or changes.
    private static var batch: Int { 100 }
    /// People whom one request looks at.
    private static var requirementBatch: Int { 500 }

    package func requireConfirmation(
        of login: String,
        reason: String,
        by administrator: Administrator
    ) async throws(ServiceError) -> AdminOutcome<Int> {
        let action = try action("registration.require", .editMethods, reason, administrator)
        return try await action.perform(on: login) { (grant) async throws(ServiceError) in
            let count = try await require([grant.account.user.id], grant.details, administrator)
            guard count > 0 else {
                throw ServiceError(.wrongState, "There is nothing to confirm: the registration is not complete.")
            }
            return count
        }
    }

    package func requireConfirmation(
        ofRole role: String,
        after cursor: String?,
        reason: String,
        by administrator: Administrator
    ) async throws(ServiceError) -> RequirementPage {
        let reason = try AdminReason(reason)
        guard administrator.may(.editMethods) else { throw Self.lacks(.editMethods, administrator) }
        let page = try await people(role, cursor, Self.requirementBatch)
        let meant = page.people.filter { user in
            administrator.may(.editMethods, over: user.roles) && !administrator.bears(user.login)
                && !environment.policies.isProtected(roles: user.roles)
        }
        var required = 0
        for start in stride(from: 0, to: meant.count, by: Self.batch) {
            let ids = meant[start..<min(start + Self.batch, meant.count)].map(\.id)
            required += try await require(ids, ["why": reason.text, "role": role], administrator)
        }
        return RequirementPage(
            required: required,
            passedOver: page.people.count - meant.count,
            next: page.next
        )
    }

    package func registrationReport(
        _ query: ReportQuery,
        by administrator: Administrator
    ) async throws(ServiceError) -> ReportPage {
        guard administrator.may(.lookUp) else { throw Self.lacks(.lookUp, administrator) }
        let page = try await people(query.role, query.cursor, query.limit)
        let visible = page.people.filter { administrator.may(.lookUp, over: $0.roles) }
        var items: [RegistrationStanding] = []
        for start in stride(from: 0, to: visible.count, by: Self.batch) {
            items += try await standings(visible[start..<min(start + Self.batch, visible.count)])
        }
        if let state = query.state { items.removeAll { !$0.matches(state) } }
        try await note(.personLookedUp, nil, administrator, ["listing": "registrations", "count": "\(items.count)"])
        return ReportPage(items: items, next: page.next)
    }

    private func standings(_ users: ArraySlice<User>) async throws(ServiceError) -> [RegistrationStanding] {
        let ids = users.map(\.id)
        let stored = try await environment.vault { try await $0.registrations(of: ids) }
        let now = environment.clock.now
        return zip(users, stored).map {
            RegistrationStanding.of($0, $1, policies: environment.policies, now: now)
        }
    }

    private func require(
        _ people: [EntryID],
        _ details: [String: String],
        _ administrator: Administrator
    ) async throws(ServiceError) -> Int {
        try await environment.vault {
            try await $0.requireConfirmation(of: people, details: details, by: administrator.actor)
        }
    }

    private func people(_ role: String?, _ cursor: String?, _ limit: Int) async throws(ServiceError) -> PeoplePage {
        let found = try await environment.mirror {
            try await $0.people(role: role, after: cursor, limit: limit)
        }
        guard let found else { throw ServiceError(.notFound, "There is no role of this name.") }
        return found
    }
}
