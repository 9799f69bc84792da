import Audit
import Identity

// MARK: Second administrators

extension Helpdesk {
    package func approvals(by administrator: Administrator) async throws(ServiceError) -> [ListedApproval] {
        var listed: [ListedApproval] = []
        for approval in try await environment.vault({ try await $0.approvals() }) {
            guard let user = try await concerned(approval, administrator) else { continue }
            listed.append(ListedApproval(approval: approval, login: user.login))
        }
        return listed
    }

    package func approve(_ id: String, by administrator: Administrator) async throws(ServiceError) -> ListedApproval {
        let (approval, user) = try await reachable(id, administrator)
        let capability = approval.request.capability
        _ = try await admission(administrator, capability).target(user.login)
        switch try await environment.vault({ try await $0.approve(id, by: administrator.uid) }) {
        case .approved(let approval): return ListedApproval(approval: approval, login: user.login)
        case .unknown: throw Self.noSuchApproval
        case .ownRequest:
            throw ServiceError(.notPermitted, "Whoever asked cannot approve it. Another administrator must.")
        }
    }

    package func refuseApproval(
        _ id: String,
        by administrator: Administrator
    ) async throws(ServiceError) -> ListedApproval {
        let (_, user) = try await reachable(id, administrator)
        guard let approval = try await environment.vault({ try await $0.refuseApproval(id, by: administrator.uid) })
        else { throw Self.noSuchApproval }
        return ListedApproval(approval: approval, login: user.login)
    }

    private func reachable(
        _ id: String,
        _ administrator: Administrator
    ) async throws(ServiceError) -> (Approval, User) {
        guard
            let approval = try await environment.vault({ try await $0.approvals() }).first(where: { $0.id == id }),
            let user = try await concerned(approval, administrator)
        else { throw Self.noSuchApproval }
        return (approval, user)
    }

    /// The person, if the administrator could have asked for the same.
    private func concerned(
        _ approval: Approval,
        _ administrator: Administrator
    ) async throws(ServiceError) -> User? {
        guard
            let user = try await environment.mirror({ try await $0.person(id: approval.request.person) }),
            administrator.may(approval.request.capability, over: user.roles)
        else { return nil }
        return user
    }

    private static var noSuchApproval: ServiceError {
        ServiceError(.notFound, "No request of this id waits for a second administrator whom you could be.")
    }
}

/// An approval, with the login of whom it is about.
package struct ListedApproval: Sendable, Equatable {
    package var approval: Approval
    package var login: String

    package init(approval: Approval, login: String) {
        self.approval = approval
        self.login = login
    }
}
