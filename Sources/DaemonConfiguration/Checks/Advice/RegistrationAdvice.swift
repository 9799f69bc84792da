import SelfService

/// What counts as registered under a policy.
struct RegistrationAdvice {
    let located: PolicySection.Located

    private var policy: Policy { located.policy }

    func run() {
        if !policy.trustDirectory.isEmpty {
            located.value.warn(
                "trustDirectory: nobody has proven that the value is theirs",
                .trustedDirectory,
                do: "whoever can write these attributes can reset passwords; "
                    + "see that people cannot write them themselves, as stock Active Directory lets them"
            )
        }
        if policy.register.minimum < max(policy.resetGates, policy.unlockGates) {
            located.value.warn(
                "register.minimum is below the gates: a complete registration may be too little for a reset; raise it"
            )
        }
        let isAddresses = policy.methods.allSatisfy { $0.kind == .email || $0.kind.isPhone }
        if policy.register.minimum == 1, isAddresses {
            located.value.warn(
                "a registration with one address is complete",
                .oneAddress,
                do: "who loses it has no way back, and nobody else to be told; set register.minimum: 2"
            )
        }
    }
}
