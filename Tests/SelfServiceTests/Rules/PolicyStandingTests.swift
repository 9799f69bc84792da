import Foundation
import Identity
import Testing

@testable import SelfService

@Suite("Which policy holds for somebody")
struct PolicyStandingTests {
    private static let staff = policy("staff", roles: ["staff"], gates: 2)
    private static let strict = policy("strict", roles: ["strict"], gates: 3)
    private static let everybody = policy("everybody", roles: nil, gates: 1)
    private static let now = Date(timeIntervalSince1970: 1_800_000_000)

    private static func policy(_ name: String, roles: [String]?, gates: Int) -> Policy {
        let kinds: [MethodKind] = [.email, .mobilePhone, .authenticator]
        return Policy(
            name: name,
            roles: roles,
            methods: kinds.map { AllowedMethod($0) },
            register: .init(minimum: gates),
            resetGates: gates
        )
    }

    private func standing(
        roles: [String],
        doubt: RoleDoubt? = nil,
        recent: [String: TimeInterval] = [:],
        policies: [Policy] = [strict, staff, everybody]
    ) -> PolicyStanding? {
        var account = LiveAccount(
            user: User(id: EntryID(folding: [1]), dn: "uid=a", login: "a", roles: roles),
            marker: AccountMarker(passwordChangedAt: nil, version: nil),
            areRolesRead: doubt?.reason != .unread
        )
        account.doubt = doubt
        return PolicyStanding.of(
            account,
            recent: recent.map { RecentPolicy(name: $0, lastSeen: Self.now.addingTimeInterval(-$1)) },
            policies: PolicySet(policies: policies),
            now: Self.now
        )
    }

    @Test("without doubt it is the one of the live roles, whatever was before: a change of role takes effect")
    func certain() {
        let standing = standing(roles: [], recent: ["strict": 60])
        #expect(standing?.policy.name == "everybody" && standing?.role == nil && standing?.doubt == nil)
        let member = self.standing(roles: ["Staff"])
        #expect(member?.policy.name == "staff" && member?.role == "staff")
    }

    @Test("a role whose loss is held still counts")
    func heldRole() {
        let standing = standing(roles: [], doubt: RoleDoubt(.heldRole, roles: ["staff"]))
        #expect(standing?.policy.name == "staff" && standing?.role == "staff" && standing?.byRoles == "everybody")
    }

    @Test("with doubt it is the strictest of the last 30 days, and nothing older")
    func recent() {
        let day: TimeInterval = 86400
        let doubt = RoleDoubt(.heldRole, roles: ["guests"])
        #expect(standing(roles: [], doubt: doubt, recent: ["staff": day, "strict": 29 * day])?.policy.name == "strict")
        #expect(standing(roles: [], doubt: doubt, recent: ["staff": day, "strict": 30 * day])?.policy.name == "staff")
        #expect(standing(roles: [], doubt: doubt, recent: ["gone": day])?.policy.name == "everybody")
    }

    @Test("a stricter policy of today is not weakened by what was before")
    func stricterNow() {
        let doubt = RoleDoubt(.heldEntry, roles: [])
        #expect(standing(roles: ["strict"], doubt: doubt, recent: ["everybody": 60])?.policy.name == "strict")
    }

    @Test("who is under no policy any more gets nothing, also while the loss is held")
    func none() {
        let doubt = RoleDoubt(.heldRole, roles: ["staff"])
        #expect(standing(roles: [], doubt: doubt, recent: ["staff": 60], policies: [Self.staff]) == nil)
    }

    @Test("where the roles cannot be read, the mirror's and what is remembered decide")
    func unread() {
        let doubt = RoleDoubt(.unread, roles: ["staff"])
        #expect(standing(roles: [], doubt: doubt)?.policy.name == "staff")
        #expect(standing(roles: [], doubt: doubt, recent: ["strict": 60])?.policy.name == "strict")
        #expect(standing(roles: [], doubt: doubt)?.byRoles == nil)
    }

    @Test("there is doubt where the mirror holds what the directory does not show, and nowhere else")
    func doubt() {
        let held = MirroredRoles(all: ["staff", "guests"], held: ["Staff"])
        #expect(RoleDoubt.of(live: ["guests"], mirrored: held) == RoleDoubt(.heldRole, roles: ["Staff"]))
        #expect(RoleDoubt.of(live: ["staff"], mirrored: held) == nil)
        #expect(RoleDoubt.of(live: [], mirrored: MirroredRoles(all: ["staff"])) == nil)
        #expect(RoleDoubt.of(live: [], mirrored: nil) == nil)
        let entry = MirroredRoles(all: [], isEntryHeld: true)
        #expect(RoleDoubt.of(live: [], mirrored: entry) == RoleDoubt(.heldEntry, roles: []))
        #expect(RoleDoubt.of(live: nil, mirrored: held) == RoleDoubt(.unread, roles: ["staff", "guests"]))
    }
}
