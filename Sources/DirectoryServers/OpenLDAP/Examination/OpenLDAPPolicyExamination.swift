import LDAPClient
import Synchronizer

/// What the policies of a slapd mean for a reset.
struct OpenLDAPPolicyExamination {
    let server: ExaminedServer
    let policies: OpenLDAPPolicies
    /// What was found of *manage*.
    let manage: Finding?

    func findings() -> [Finding] {
        guard !policies.all.isEmpty else { return [unreadable] }
        let count = policies.all.count
        let read = server.finding(
            .policyReading,
            .fine,
            count == 1 ? "the password policy can be read" : "\(count) password policies can be read"
        )
        return [read, reset, history]
    }

    private var unreadable: Finding {
        server.finding(
            .policyReading,
            .warning,
            "no password policy can be read: password checks cannot show its rules, and sign-in allows one attempt",
            remedy: "Let the service account read the entries of the class pwdPolicy.",
            OpenLDAPPastes(server: server).access("filter=(objectClass=pwdPolicy)", "read")
        )
    }

    private var reset: Finding {
        guard let policy = policies.all.first(where: \.isSafeModify) else {
            return server.finding(.policyReset, .fine, "no password policy stands in the way of resets")
        }
        let lines = [
            "dn: \(policy.dn.text)", "changetype: modify", "replace: pwdSafeModify", "pwdSafeModify: FALSE",
        ]
        return server.finding(
            .policyReset,
            .failure,
            "the policy \(policy.dn) wants the old password with each change (pwdSafeModify): it refuses every reset",
            remedy: "Turn that off; whoever knows the old password needs no reset.",
            [
                Finding.Paste(
                    "as the directory's administrator",
                    ShellText.applying(lines, to: server.uri, as: "cn=admin,\(server.suffix)")
                )
            ]
        )
    }

    private var history: Finding {
        if manage?.verdict == .failure {
            return server.finding(
                .policyHistory,
                .failure,
                "history is not enforced on passwords that are reset, because the service account may *manage* them",
                remedy: "See \(Check.manageRight.rawValue)."
            )
        }
        guard let policy = policies.all.first(where: { $0.history == 0 }) else {
            let kept = policies.all.map(\.history).min() ?? 0
            return server.finding(.policyHistory, .fine, "history is enforced: the last \(kept) passwords are refused")
        }
        let lines = ["dn: \(policy.dn.text)", "changetype: modify", "replace: pwdInHistory", "pwdInHistory: 5"]
        return server.finding(
            .policyHistory,
            .warning,
            "the policy \(policy.dn) keeps no history (pwdInHistory): a reset may bring an old password back",
            remedy: "Have it remember some.",
            [
                Finding.Paste(
                    "as the directory's administrator",
                    ShellText.applying(lines, to: server.uri, as: "cn=admin,\(server.suffix)")
                )
            ]
        )
    }
}
