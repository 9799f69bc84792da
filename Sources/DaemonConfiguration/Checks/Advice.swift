import SelfService

/// Warnings: what works, but is less than the standards or common sense ask for.
struct Advice {
    /// NIST SP 800-63B-4, 3.1.1, for a password that is the only factor.
    private static let minimumLengthAdvised = 15
    /// The same section: verifiers should allow at least this many.
    private static let maximumLengthAdvised = 64

    let root: Fields

    func run(policies: [PolicySection.Located], rules: PasswordRules) {
        advise(policies)
        let place = root["passwordRules"] ?? root.owner
        if rules.minimumLength < Self.minimumLengthAdvised {
            place.warn("NIST SP 800-63B-4 3.1.1 asks for passwords of 15 or more: set passwordRules.minimumLength: 15")
        }
        if rules.maximumLength < Self.maximumLengthAdvised {
            place.warn("NIST SP 800-63B-4 3.1.1 asks to allow 64 characters or more: raise passwordRules.maximumLength")
        }
        if rules.blocklist.isEmpty {
            place.warn(
                "NIST SP 800-63B-4 3.1.1.2 asks for a list of refused passwords: name one in passwordRules.blocklist"
            )
        }
        if root["frontends"]?.isEmptyList ?? true {
            root.owner.warn("there is no front end: nobody can register, reset or unlock; name one in frontends")
        }
    }

    private func advise(_ policies: [PolicySection.Located]) {
        let catchAll = policies.firstIndex { $0.policy.roles == nil }
        if let catchAll {
            for located in policies[(catchAll + 1)...] {
                let name = Quotation.of(policies[catchAll].policy.name)
                located.value.warn("is never reached: \(name) above matches everybody; move it up")
            }
        } else if let last = policies.last {
            last.value.warn("no policy is for everybody: who has none of the roles gets nothing; add one without roles")
        }
        for located in policies { advise(located) }
    }

    private func advise(_ located: PolicySection.Located) {
        let policy = located.policy
        if policy.allows(.email), policy.resetGates == 1 {
            located.value.warn(
                "one gate and email: a mailbox alone resets the password "
                    + "(NIST SP 800-63B-4, ASVS 6.4.3); ask for 2 gates or drop email"
            )
        }
        if policy.allows(.securityQuestions) {
            located.value.warn(
                "security questions: NIST SP 800-63B-4 3.1.1.2 and ASVS 6.4.2 ask to do without them; "
                    + "recovery-codes serve who has no phone"
            )
        }
        if !policy.trustDirectory.isEmpty {
            located.value.warn(
                "trustDirectory: whoever can write these attributes can reset passwords (ASVS 6.3.7); "
                    + "see that people cannot write them themselves, as stock Active Directory lets them"
            )
        }
        if policy.register.minimum < max(policy.resetGates, policy.unlockGates) {
            located.value.warn(
                "register.minimum is below the gates: a complete registration may be too little for a reset; raise it"
            )
        }
    }
}
