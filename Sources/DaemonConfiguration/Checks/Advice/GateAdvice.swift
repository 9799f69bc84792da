import SelfService

/// What a reset under a policy rests on.
struct GateAdvice {
    let located: PolicySection.Located

    private var policy: Policy { located.policy }
    private var kinds: Set<MethodKind> { Set(policy.methods.map(\.kind)) }

    func run() {
        adviseGates()
        if policy.allows(.securityQuestions) {
            located.value.warn(
                "security questions",
                .securityQuestions,
                do: "the standards ask to do without them; recovery-codes serve who has no phone"
            )
        }
        if hasPhone, kinds.isDisjoint(with: [.authenticator, .appNotification, .recoveryCodes]) {
            located.value.warn(
                "texts and calls without a stronger choice beside them",
                .phoneOnly,
                do: "whoever takes over the number takes over the proof; offer authenticator or recovery-codes too"
            )
        }
        if policy.callsPressOnly {
            located.value.warn(
                "voice: press-only",
                .pressOnly,
                do: "a # pressed half asleep lets a stranger in; leave it out, and the number on the page is keyed"
            )
        }
    }

    private func adviseGates() {
        guard policy.resetGates == 1 else { return }
        if policy.allows(.email) {
            located.value.warn(
                "one gate and email: a mailbox alone resets the password",
                .mailAlone,
                do: "ask for 2 gates or drop email"
            )
        } else {
            located.value.warn(
                "one gate: a single thing, stolen or borrowed, resets the password",
                .oneGate,
                do: "ask for 2 gates"
            )
        }
    }

    private var hasPhone: Bool { policy.methods.contains { $0.kind.isPhone } }
}
