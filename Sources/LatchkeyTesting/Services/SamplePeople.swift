package import Foundation
package import Identity
package import SelfService

/// Made-up people and registrations that the scripted services speak of.
package enum SamplePeople {
    package static let password = "correct horse battery staple"
    package static let token = "token-of-alice"
    package static let code = "123456"
    /// 2026-01-02T03:04:05Z.
    package static let time = Date(timeIntervalSince1970: 1_767_323_045)

    package static let alice = person(1, "alice", displayName: "Alice Liddell", roles: ["everybody", "staff"])
    package static let bob = person(2, "bob", displayName: "Bob", roles: ["everybody"])
    package static let staff = Role(
        id: EntryID(folding: [9, 1]),
        name: "staff",
        dn: "cn=staff,ou=groups,dc=example,dc=org",
        memberCount: 1
    )

    package static func person(_ number: UInt8, _ login: String, displayName: String, roles: [String]) -> User {
        User(
            id: EntryID(folding: [number]),
            dn: "uid=\(login),ou=people,dc=example,dc=org",
            login: login,
            displayName: displayName,
            email: "\(login)@example.org",
            roles: roles
        )
    }

    package static let freshness = Freshness(asOf: time, generation: 7, state: .live)

    package static let method = RegisteredMethod(
        id: "m1",
        kind: .mobilePhone,
        value: "+12025550142",
        label: "my phone",
        state: .verified,
        isDefault: true,
        addedAt: time,
        verifiedAt: time
    )

    package static func view(showsValue: Bool) -> MethodView {
        MethodView(method: method, showsValue: showsValue, via: [.text], usableFrom: time)
    }

    package static let policy = Policy(
        name: "everybody",
        methods: [AllowedMethod(.email), AllowedMethod(.mobilePhone)],
        register: RegistrationRequirement(minimum: 2, strong: 1),
        resetGates: 2
    )

    package static let registration = RegistrationView(
        state: .incomplete,
        missing: [MissingItem(code: "methods", text: "One more method is needed.")],
        methods: [view(showsValue: false)],
        policy: policy
    )

    package static let reset = ResetView(
        expiresAt: time,
        purpose: .reset,
        methods: [ResetMethod(id: "m1", kind: .mobilePhone, hint: "•••42", via: [.text])],
        required: 2,
        passed: 1
    )

    package static func challenge(_ state: Challenge.State = .pending) -> Challenge {
        Challenge(id: "c1", methodID: "m1", kind: .mobilePhone, via: .text, expiresAt: time, state: state)
    }

    package static let applied = WriteOutcome(
        .applied,
        unlocked: true,
        notEnforced: ["history"],
        server: "ldap://127.0.0.1"
    )
    package static let refused = WriteOutcome(.refused, reason: .passwordInHistory, server: "ldap://127.0.0.1")

    /// A request about Alice that waits for a second administrator.
    package static let approval = ListedApproval(
        approval: Approval(
            id: "0a1b2c3d",
            request: ApprovalRequest(
                person: alice.id,
                capability: .issuePass,
                action: "passes.issue",
                reason: "ticket 4711",
                requester: 1000
            ),
            state: .pending,
            requestedAt: time,
            expiresAt: time.addingTimeInterval(Approval.lifetime)
        ),
        login: "alice"
    )
}
