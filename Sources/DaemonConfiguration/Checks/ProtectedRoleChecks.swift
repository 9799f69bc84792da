import SelfService

/// A policy for roles whose holders are protected.
///
/// They are never reset or unlocked here, but may register, and one day `protected` may be narrowed: what would then
/// open the accounts that matter most must not be answers that others can find out.
struct ProtectedRoleChecks {
    let policies: [PolicySection.Located]

    func run(protectedRoles: [String]) {
        let protected = Set(protectedRoles.map { $0.lowercased() })
        for located in policies where located.policy.allows(.securityQuestions) {
            guard let role = located.policy.roles?.first(where: { protected.contains($0.lowercased()) }) else {
                continue
            }
            located.value.fault(
                "security-questions are refused for the protected role \(Quotation.of(role)) "
                    + "(\(Departure.securityQuestions.numbers)): remove them, or give the role a policy of its own"
            )
        }
    }
}
