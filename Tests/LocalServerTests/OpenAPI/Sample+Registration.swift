import Identity
import LatchkeyTesting
import LocalAPI

enum SampleFreshness {
    static let live = SamplePeople.freshness
}

extension Sample {
    private typealias Parts = SampleParts

    private static func user(_ account: AccountStatus? = nil, bare: Bool = false) -> UserDocument {
        var user = SamplePeople.alice
        if let account { user.account = account }
        if bare { (user.displayName, user.email) = (nil, nil) }
        return UserDocument(user, registration: bare ? nil : "complete", freshness: Parts.freshness)
    }

    static var fullUser: UserDocument {
        user(AccountStatus(state: .locked, lock: .failedAttempts, since: SampleParts.time))
    }

    static var bareUser: UserDocument { user(bare: true) }

    static func registration() throws -> [Sample] {
        var registration = RegistrationDocument(
            state: "incomplete",
            registered: false,
            missing: [
                .init(code: "methods", kind: "email", text: "An address."), .init(code: "x", kind: nil, text: ""),
            ],
            methods: [Parts.method, Parts.fullMethod],
            policy: .init(name: "staff", methods: [.init(kind: "email", via: [])], minimum: 2, strong: 1)
        )
        let bare = registration
        registration.policy.questions = .init(register: 1, bank: [Parts.question])
        var added = AddedMethodDocument(method: Parts.method)
        (added.otpauthURI, added.secret, added.codes) = ("otpauth://totp/x", "GEZDGNBV", ["abcd-efgh"])
        return try [
            Sample("User", fullUser), Sample("User", bareUser), Sample("Registration", registration),
            Sample("Registration", bare), Sample("Method", Parts.fullMethod),
            Sample("Method", Parts.method),
            Sample("AddedMethod", added), Sample("AddedMethod", AddedMethodDocument(method: Parts.method)),
            Sample("VerifiedMethod", VerifiedMethodDocument(method: Parts.method, freshUntil: Parts.time)),
            Sample(
                "SignIn",
                SignInDocument(token: "t", expiresAt: Parts.time, user: bareUser, registration: registration)
            ),
        ] + challenges()
    }

    private static func challenges() throws -> [Sample] {
        var challenge = ChallengeDocument(id: "c1", kind: "email", via: nil, expiresAt: Parts.time, state: "pending")
        let bare = challenge
        (challenge.via, challenge.questions, challenge.number) = ("call", [Parts.question], "42")
        return [try Sample("Challenge", challenge), try Sample("Challenge", bare)]
    }

    static func resets() throws -> [Sample] {
        let methods = [ResetDocument.Method(id: "m1", kind: "email", hint: "a•••@…", via: [])]
        let reset = { (token: String?) in
            ResetDocument(
                token: token,
                expiresAt: Parts.time,
                purpose: "reset",
                methods: methods,
                gates: .init(required: 1, passed: 0)
            )
        }
        let outcome = OutcomeDocument(
            outcome: "applied",
            reason: "other",
            unlocked: true,
            notEnforced: ["history"],
            lockedOn: ["ldaps://ldap2"],
            mustChange: true,
            directories: [Parts.directory, Parts.refused]
        )
        let bare = OutcomeDocument(outcome: "applied", reason: nil, unlocked: true, notEnforced: nil, directories: [])
        return try [
            Sample("Reset", reset("t")), Sample("Reset", reset(nil)), Sample("Outcome", outcome),
            Sample("Outcome", bare),
            Sample("Check", CheckDocument(acceptable: false, rules: [Parts.rule], incomplete: true)),
            Sample("Check", CheckDocument(acceptable: true, rules: [], incomplete: false)),
            Sample("Health", HealthDocument(status: "ok")),
        ]
    }
}
