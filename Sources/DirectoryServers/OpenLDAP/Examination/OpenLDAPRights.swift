import LDAPClient
import Synchronizer

/// What the service account may write on a slapd, tried without changing anything.
struct OpenLDAPRights {
    let server: ExaminedServer
    private var pastes: OpenLDAPPastes { OpenLDAPPastes(server: server) }

    /// Rules for `userPassword` hold for it too, and ppolicy does not take it for a password, so that nothing of a
    /// policy comes before the rights.
    private static let tagged: AttributeName = "userPassword;lang-zz"

    func findings() async -> [Finding] {
        var findings: [Finding] = []
        findings.append(await server.tried(reset) { await Self.reset(on: $0, server.connection) })
        guard server.root.supportsPasswordPolicy else { return findings }
        findings.append(
            await server.tried(unlock) {
                await ImpossibleChange(removing: ImpossibleChange.times, of: OpenLDAPAttributes.lockedTime)
                    .standing(on: $0, server.connection)
            }
        )
        let words = ["TRUE", "FALSE"].map { Array($0.utf8) }
        let adding = Modification(.add, OpenLDAPAttributes.mustChange, [words[0]])
        findings.append(
            await server.tried(mustChange) {
                await ImpossibleChange(removing: words, of: OpenLDAPAttributes.mustChange, then: [adding])
                    .standing(on: $0, server.connection)
            }
        )
        return findings
    }

    private static func writing(_ password: [UInt8]) -> ImpossibleChange {
        let change = Modification(.replace, "userPassword", [password])
        return ImpossibleChange(removing: [ImpossibleChange.random()], of: tagged, then: [change])
    }

    /// A policy can refuse the password before anybody looks at rights; then at least the right to take one away shows.
    private static func reset(on dn: DistinguishedName, _ connection: LDAPConnection) async -> AccessStanding {
        let strong = Array("Aa1-".utf8) + ImpossibleChange.random()
        let standing = await writing(strong).standing(on: dn, connection)
        guard case .unknown = standing else { return standing }
        return await ImpossibleChange(removing: [ImpossibleChange.random()], of: "userPassword")
            .standing(on: dn, connection)
    }

    // MARK: Too much

    /// ppolicy checks no password of whom may *manage* it. So passwords are tried that no policy takes which checks any.
    /// - Parameter reading: whether it may read them.
    func manage(_ policies: OpenLDAPPolicies, _ reading: AccessStanding) async -> Finding? {
        guard let person = server.people.first else { return nil }
        for poor in ["a", "{SSHA}AAAA"] {
            let refusal = await Self.writing(Array(poor.utf8)).refusal(for: person, on: server.connection)
            if refusal.code == .constraintViolation {
                return server.finding(.manageRight, .fine, "the server checks the passwords that Latchkey writes")
            }
            guard refusal.code == .noSuchAttribute else { return nil }
        }
        return unchecked(policies, reading)
    }

    /// Of each access level the next one has all (slapd.access(5)).
    private func unchecked(_ policies: OpenLDAPPolicies, _ reading: AccessStanding) -> Finding? {
        let mustCheck = policies.all.count == 1 && policies.all[0].checksQuality && policies.all[0].minimumLength > 1
        let remedy = "Give it =w and nothing more."
        if mustCheck {
            let text =
                "the service account may *manage* userPassword (or is the rootdn), and the server checks neither "
                + "quality, minimum age nor history of what it writes"
            return server.finding(
                .manageRight,
                .failure,
                text,
                remedy: remedy,
                pastes.access("attrs=userPassword", "=w")
            )
        }
        if reading == .granted {
            let text =
                "no policy that can be read would show whether the service account may *manage* userPassword; it "
                + "may read it, which is a part of that"
            return server.finding(
                .manageRight,
                .warning,
                text,
                remedy: remedy,
                pastes.access("attrs=userPassword", "=w")
            )
        }
        guard reading == .missing else { return nil }
        let text = "the service account may not read userPassword, so it does not *manage* it"
        return server.finding(.manageRight, .fine, text)
    }
}

// MARK: What is tried

extension OpenLDAPRights {
    private var reset: TriedRight {
        TriedRight(
            check: .resetRight,
            action: "write userPassword",
            consequence: "no reset is possible",
            remedy: "Let it write, and neither read nor manage.",
            pastes: pastes.access("attrs=userPassword", "=w")
        )
    }

    private var unlock: TriedRight {
        TriedRight(
            check: .unlockRight,
            action: "take pwdAccountLockedTime away",
            consequence: "no unlock is possible",
            remedy: "Let it delete that attribute, and see it.",
            pastes: pastes.access("attrs=pwdAccountLockedTime", "=zrs")
        )
    }

    private var mustChange: TriedRight {
        TriedRight(
            check: .mustChangeRight,
            action: "write pwdReset",
            consequence: "`reset: { mustChange: true }` has no effect",
            severity: .warning,
            remedy: "Let it write that attribute, if a policy asks for it.",
            pastes: pastes.access("attrs=pwdReset", "=wrs")
        )
    }
}
