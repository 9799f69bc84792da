import Foundation
import LDAPClient
import SelfService
import Synchronizer

/// What only a 389 Directory Server can be asked.
struct DirectoryServer389Examination: ProductExamination {
    let server: ExaminedServer
    private var pastes: DirectoryServer389Pastes { DirectoryServer389Pastes(server: server) }

    func findings() async -> [Finding] {
        let rights = DirectoryServer389Rights(server: server)
        let manage = await rights.manage()
        var findings = [await clock()]
        if server.settings.match == nil, let changes = await changes() { findings.append(changes) }
        findings += await rights.findings()
        findings.append(
            PasswordReading.finding(
                await PasswordReading.standing(on: server),
                server,
                pastes.refusingPasswords,
                remedy: "Take userPassword out of the rule that lets it read, or deny it: a deny wins."
            )
        )
        return findings + [manage].compactMap(\.self) + (await policy(manage))
    }

    func followingPastes() async -> [Finding.Paste] { pastes.contentSync }

    var limitPastes: [Finding.Paste] { pastes.limits }

    func trusting(_ attribute: AttributeName) async -> Finding {
        await DirectoryServer389Trust(server: server).finding(attribute)
    }

    private func clock() async -> Finding {
        let examination = ClockExamination(server: server)
        guard let monitor = try? DistinguishedName("cn=monitor"),
            let text = try? await server.connection.entry(monitor, attributes: ["currenttime"])?.string("currenttime"),
            let now = GeneralizedTime.date(text)
        else { return examination.unknown(pastes.monitor) }
        return examination.finding(now)
    }

    /// Whether the changelog would tell of deletions. Nil while it is empty, or where nothing follows it.
    private func changes() async -> Finding? {
        guard server.root.supportsContentSync, server.settings.follow != .poll,
            let changelog = try? await RetroChangelog.read(on: server.connection), changelog.last > 0,
            let cookie = DirectoryServer389Cookie(Array("doctor##\(changelog.last - 1)".utf8))
        else { return nil }
        let doubt: String?
        do {
            doubt = try await changelog.doubt(about: cookie, on: server.connection)
        } catch {
            let text = "it cannot be told whether the changelog names what is deleted: \(error)"
            return server.finding(.changes, .warning, text)
        }
        guard let doubt else {
            return server.finding(.changes, .fine, "the changelog can be read, and names what is deleted")
        }
        return server.finding(
            .changes,
            .failure,
            "after each interruption everything is read again: \(doubt)",
            remedy: "Do this, and restart the server for what stands below cn=config.",
            doubt.contains("targetUniqueId") ? pastes.changelogTarget : pastes.changelogReading
        )
    }

    private func policy(_ manage: Finding?) async -> [Finding] {
        let policy = (try? await DirectoryServer389Policy.global(on: server.connection)) ?? nil
        guard let policy else {
            let text =
                "the password policy (cn=config) cannot be read: password checks cannot show its rules, and "
                + "sign-in allows one attempt"
            let remedy = "Let the service account read the policy's attributes."
            return [server.finding(.policyReading, .warning, text, remedy: remedy, pastes.policyReading)]
        }
        return [server.finding(.policyReading, .fine, "the password policy can be read"), history(policy, manage)]
    }

    private func history(_ policy: DirectoryServer389Policy, _ manage: Finding?) -> Finding {
        if manage?.verdict == .failure {
            let text =
                "history is not enforced on passwords that are reset, because the server checks none of this account"
            return server.finding(.policyHistory, .failure, text, remedy: "See \(Check.manageRight.rawValue).")
        }
        guard let kept = policy.rules.history else {
            let text = "the password policy keeps no history (passwordHistory): a reset may bring an old password back"
            return server.finding(.policyHistory, .warning, text, remedy: "Have it remember some.", pastes.history)
        }
        return server.finding(.policyHistory, .fine, "history is enforced: the last \(kept) passwords are refused")
    }
}
