import SelfService

/// Which policy people fall into.
struct ReachAdvice {
    let policies: [PolicySection.Located]

    func run() {
        guard let catchAll = policies.firstIndex(where: { $0.policy.roles == nil }) else {
            policies.last?.value.warn(
                "no policy is for everybody: who has none of the roles gets nothing; add one without roles"
            )
            return
        }
        for located in policies[(catchAll + 1)...] {
            let name = Quotation.of(policies[catchAll].policy.name)
            located.value.warn("is never reached: \(name) above matches everybody; move it up")
        }
        for stricter in policies[..<catchAll] { compare(policies[catchAll], with: stricter.policy) }
    }

    /// Who loses a role falls into the policy for everybody at once, unless so many lose it that this is held.
    private func compare(_ catchAll: PolicySection.Located, with stricter: Policy) {
        let weaknesses = PolicyWeakness.all(of: catchAll.policy, comparedTo: stricter)
        guard !weaknesses.isEmpty else { return }
        let (name, other) = (Quotation.of(catchAll.policy.name), Quotation.of(stricter.name))
        catchAll.value.warn(
            "\(name) matches everybody and is weaker than \(other) (\(weaknesses.map(\.description).joined(separator: "; "))): "
                + "who takes somebody's role away weakens their policy; make it as strict, or watch who may change the groups"
        )
    }
}
