import Audit
import Identity

/// Whom an administrator may look at or act on.
///
/// Somebody out of reach and somebody who does not exist are one answer, after the same work: who may act over some
/// roles must not learn who else there is.
struct Admission: Sendable {
    let environment: ServiceEnvironment
    let administrator: Administrator
    let capability: AdminCapability

    /// Somebody to act on, read live.
    struct Target: Sendable {
        /// As the mirror has them.
        var user: User
        /// As the directory has them now; nil when the entry is gone.
        var account: LiveAccount?
        /// By a role, in the mirror or live, or by the configured filter.
        var isProtected: Bool
    }

    /// For looking: what the mirror knows is enough, and is asked first.
    func seen(_ login: String) async throws(ServiceError) -> User {
        try requireCapability()
        let user = try await environment.mirror { try await $0.person(login: login) }
        if let user, administrator.may(capability, over: user.roles) { return user }
        guard !administrator.mayOverEverybody(capability) else { throw Self.unknown(login) }
        let account = try? await liveAccount(of: user, login)
        guard let user, let account, administrator.may(capability, over: account.user.roles) else {
            try await noteRefusal("out-of-reach", user)
            throw nobodyInReach
        }
        return user
    }

    /// For acting: the entry and its roles are read live.
    func target(_ login: String) async throws(ServiceError) -> Target {
        try requireCapability()
        try await refuseOneself(login, nil)
        let user = try await environment.mirror { try await $0.person(login: login) }
        if user == nil, administrator.mayOverEverybody(capability) { throw Self.unknown(login) }
        let account = try await liveAccount(of: user, login)
        guard let user else { throw nobodyInReach }
        try await refuseOneself(user.login, user)
        if let account { try await refuseOneself(account.user.login, user) }
        let roles = user.roles + (account?.user.roles ?? [])
        guard administrator.may(capability, over: roles) else {
            try await noteRefusal("out-of-reach", user)
            throw nobodyInReach
        }
        let isProtected = account?.isProtected == true || environment.policies.isProtected(roles: roles)
        return Target(user: user, account: account, isProtected: isProtected)
    }

    /// Nobody acts on themselves. Who cannot be named cannot be told apart from whom they act on.
    private func refuseOneself(_ login: String, _ user: User?) async throws(ServiceError) {
        guard administrator.name != nil else {
            throw ServiceError(
                .notPermitted,
                "The system knows no name of uid \(administrator.uid), so that this may be your own account. "
                    + "Ask another administrator."
            )
        }
        guard administrator.bears(login) else { return }
        try await noteRefusal("oneself", user)
        throw Self.oneself
    }

    /// Somebody who is not there costs the same question.
    private func liveAccount(of user: User?, _ login: String) async throws(ServiceError) -> LiveAccount? {
        let id = user?.id ?? environment.decoys.subject(for: login).id
        return try await environment.account(id)
    }

    func requireCapability() throws(ServiceError) {
        guard administrator.may(capability) else {
            throw ServiceError(
                .notPermitted,
                "The user with uid \(administrator.uid) lacks the capability \(capability.rawValue)."
            )
        }
    }

    private func noteRefusal(_ reason: String, _ user: User?) async throws(ServiceError) {
        guard let user else { return }
        let event = AuditEvent(
            .administrationRefused,
            .refused,
            by: administrator.actor,
            about: user.id,
            details: ["reason": reason, "capability": capability.rawValue]
        )
        try await environment.vault { try await $0.append(event) }
    }

    static let oneself = ServiceError(.notPermitted, "Nobody acts on their own account. Ask another administrator.")

    static func unknown(_ login: String) -> ServiceError {
        ServiceError(.notFound, "Nobody has the login \(login.debugDescription).")
    }

    private var nobodyInReach: ServiceError {
        ServiceError(
            .notFound,
            "Nobody over whom you have the capability \(capability.rawValue) bears this login."
        )
    }
}
