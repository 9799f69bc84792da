import Audit
package import Foundation
import Identity

/// Stopping resets and changes for somebody, and letting them go on.
package protocol FreezeAdministration: Sendable {
    /// Since the longest first; only those in reach.
    func frozenPeople(by administrator: Administrator) async throws(ServiceError) -> [FrozenUser]
    func freeze(login: String, reason: String, by administrator: Administrator) async throws(ServiceError)
        -> AdminOutcome<Bool>
    /// - Returns: whether the person was frozen.
    func liftFreeze(login: String, reason: String, by administrator: Administrator) async throws(ServiceError)
        -> AdminOutcome<Bool>
}

/// Somebody who is frozen, with their login.
package struct FrozenUser: Sendable, Equatable {
    package var login: String
    package var since: Date

    package init(login: String, since: Date) {
        self.login = login
        self.since = since
    }
}

extension Helpdesk {
    /// More than this are not listed.
    private static var frozenLimit: Int { 1000 }

    package func frozenPeople(by administrator: Administrator) async throws(ServiceError) -> [FrozenUser] {
        guard administrator.may(.lookUp) else { throw Self.lacks(.lookUp, administrator) }
        var found: [FrozenUser] = []
        for frozen in try await environment.vault({ try await $0.frozenPeople(limit: Self.frozenLimit) }) {
            guard
                let user = try await environment.mirror({ try await $0.person(id: frozen.person) }),
                administrator.may(.lookUp, over: user.roles)
            else { continue }
            found.append(FrozenUser(login: user.login, since: frozen.since))
        }
        try await note(.personLookedUp, nil, administrator, ["listing": "frozen", "count": "\(found.count)"])
        return found
    }

    package func freeze(
        login: String,
        reason: String,
        by administrator: Administrator
    ) async throws(ServiceError) -> AdminOutcome<Bool> {
        let action = try action("freeze.set", .release, reason, administrator)
        return try await action.perform(on: login) { (grant) async throws(ServiceError) in
            let id = grant.account.user.id
            try await environment.vault {
                try await $0.freeze(id, reason: grant.sentence, by: administrator.actor)
            }
            return true
        }
    }

    package func liftFreeze(
        login: String,
        reason: String,
        by administrator: Administrator
    ) async throws(ServiceError) -> AdminOutcome<Bool> {
        let action = try action("freeze.lift", .release, reason, administrator)
        return try await action.perform(on: login) { (grant) async throws(ServiceError) in
            let id = grant.account.user.id
            return try await environment.vault {
                try await $0.lift(id, reason: grant.sentence, by: administrator.actor)
            }
        }
    }
}
