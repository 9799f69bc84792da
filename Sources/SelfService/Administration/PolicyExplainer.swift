/// Puts into words which policy holds, and why.
struct PolicyExplainer {
    let standing: PolicyStanding

    var findings: [Explanation.Finding] {
        let policy = standing.policy
        let reason =
            standing.role.map { ", by the role \($0)" }
            ?? (policy.roles == nil ? ", which is for everybody" : ", which the person was under lately")
        return [
            Explanation.Finding(
                code: "policy",
                blocks: false,
                text: "The policy \(policy.name) holds\(reason): \(policy.resetGates) gate(s) for a reset, "
                    + "\(policy.unlockGates) for an unlock."
            )
        ] + (standing.doubt.map { [finding($0)] } ?? [])
    }

    private func finding(_ doubt: RoleDoubt) -> Explanation.Finding {
        let what =
            switch doubt.reason {
            case .heldEntry: "The removal of the person's entry is held in quarantine."
            case .heldRole: "The loss of \(Self.list(doubt.roles)) is held in quarantine."
            case .unread: "The directory does not show the roles."
            }
        let otherwise = standing.byRoles.map { " By today's roles alone it would be \($0)." } ?? ""
        return Explanation.Finding(
            code: doubt.reason.rawValue,
            blocks: false,
            text: "\(what) Until that is settled, the strictest policy of the last 30 days holds.\(otherwise)"
        )
    }

    private static func list(_ roles: [String]) -> String {
        (roles.count == 1 ? "the role " : "the roles ") + roles.joined(separator: ", ")
    }
}
