package import Foundation
import Identity

/// Which policy holds for somebody now, and why. Pure.
///
/// Without doubt about the roles it is the first policy that matches them: a change of role takes effect at once, in
/// either direction. With doubt it is the strictest of what matches now, what would match with the roles in doubt, and
/// what the person was under in the last 30 days. So whoever has a person removed from a strict group, among more
/// removals than the limits let pass, gains nothing: not before an administrator has looked at it.
package struct PolicyStanding: Sendable, Equatable {
    package var policy: Policy
    /// The role that the policy matched by; nil for a policy for everybody, or one that is remembered.
    package var role: String?
    package var doubt: RoleDoubt?
    /// The policy that the live roles alone would give; nil where they cannot be read.
    package var byRoles: String?

    /// - Returns: nil when no policy matches: then nothing is offered, which is stricter than any policy.
    package static func of(
        _ account: LiveAccount,
        recent: [RecentPolicy],
        policies: PolicySet,
        now: Date
    ) -> PolicyStanding? {
        let live = policies.policy(forRoles: account.user.roles)
        guard let doubt = account.doubt else {
            return live.map { PolicyStanding($0, roles: account.user.roles, doubt: nil, byRoles: $0.name) }
        }
        let isRead = doubt.reason != .unread
        if isRead, live == nil { return nil }
        let since = now.addingTimeInterval(-RecentPolicy.window)
        let remembered = recent.filter { $0.lastSeen > since }.compactMap { policies.policy(named: $0.name) }
        let roles = isRead ? account.user.roles + doubt.roles : doubt.roles
        let candidates = [isRead ? live : nil, policies.policy(forRoles: roles)].compactMap(\.self) + remembered
        return PolicyStrictness.strictest(of: candidates).map {
            PolicyStanding($0, roles: roles, doubt: doubt, byRoles: isRead ? live?.name : nil)
        }
    }

    private init(_ policy: Policy, roles: [String], doubt: RoleDoubt?, byRoles: String?) {
        self.policy = policy
        self.doubt = doubt
        self.byRoles = byRoles
        role = policy.roles?.first { named in roles.contains { $0.lowercased() == named.lowercased() } }
    }
}
