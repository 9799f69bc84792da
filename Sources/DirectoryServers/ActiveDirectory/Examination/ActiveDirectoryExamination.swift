import Foundation
import LDAPClient
import Synchronizer

/// What only a domain controller can be asked.
struct ActiveDirectoryExamination: ProductExamination {
    let server: ExaminedServer

    func findings() async -> [Finding] {
        let trustee = await ActiveDirectoryTrustee(server)
        let pastes = ActiveDirectoryPastes(server: server, trustee: trustee)
        var findings = [await clock()]
        if server.settings.match == nil, let changes = await changes(pastes) { findings.append(changes) }
        findings += await ActiveDirectoryRights(server: server, trustee: trustee, pastes: pastes).findings()
        return findings + (await policy(pastes)) + [history]
    }

    func followingPastes() async -> [Finding.Paste] {
        guard let domain, (try? await rights(domain).mayReplicate(on: server.connection)) == false else { return [] }
        return ActiveDirectoryPastes(server: server, trustee: await ActiveDirectoryTrustee(server)).replicating(domain)
    }

    var limitPastes: [Finding.Paste] { [] }

    func trusting(_ attribute: AttributeName) async -> Finding {
        let trustee = await ActiveDirectoryTrustee(server)
        let pastes = ActiveDirectoryPastes(server: server, trustee: trustee)
        return await ActiveDirectoryRights(server: server, trustee: trustee, pastes: pastes).trusting(attribute)
    }

    private var domain: DistinguishedName? {
        server.root.defaultNamingContext.flatMap { try? DistinguishedName($0) }
    }

    private func rights(_ domain: DistinguishedName) -> DirSyncRights {
        DirSyncRights(root: domain, isSamba: server.root.vendorName?.contains("Samba") == true)
    }

    private func clock() async -> Finding {
        let examination = ClockExamination(server: server)
        let attribute: AttributeName = "currentTime"
        guard let text = try? await server.connection.entry(.root, attributes: [attribute])?.string(attribute),
            let now = GeneralizedTime.date(text)
        else { return examination.unknown([]) }
        return examination.finding(now)
    }

    /// Nil where nothing rests on it.
    private func changes(_ pastes: ActiveDirectoryPastes) async -> Finding? {
        guard let domain, server.settings.follow != .poll,
            let sees = try? await rights(domain).seesDeleted(on: server.connection)
        else { return nil }
        guard !sees else { return server.finding(.changes, .fine, "deletions are told") }
        return server.finding(
            .changes,
            .warning,
            "the service account does not see CN=Deleted Objects: the server is asked at intervals, and deletions show late",
            remedy: "Let it list and read that container.",
            pastes.deleted(domain)
        )
    }

    // MARK: Policy

    private func policy(_ pastes: ActiveDirectoryPastes) async -> [Finding] {
        guard let domain else { return [] }
        let own = try? await server.connection.entry(domain, attributes: ActiveDirectoryPolicy.domainAttributes)
        guard own.flatMap({ ActiveDirectoryPolicy(domain: $0) }) != nil else {
            return [
                server.finding(
                    .policyReading,
                    .warning,
                    "the domain's password policy cannot be read: password checks cannot show its rules",
                    remedy: "Let the service account read the entry \(domain).",
                    pastes.reading(domain)
                )
            ]
        }
        guard let container = try? DistinguishedName("CN=Password Settings Container,CN=System,\(domain.text)") else {
            return []
        }
        let entry = try? await server.connection.entry(container, attributes: [ActiveDirectoryAttributes.objectClass])
        guard entry?.has(ActiveDirectoryAttributes.objectClass) == true else {
            return [
                server.finding(
                    .policyReading,
                    .warning,
                    "fine-grained password policies cannot be read: people under one are shown the domain's rules",
                    remedy: "Let the service account read the Password Settings Container.",
                    pastes.reading(container)
                )
            ]
        }
        return [server.finding(.policyReading, .fine, "the password policies can be read")]
    }

    private var history: Finding {
        guard server.root.policyHints == nil else {
            let text = "history and minimum age are enforced on passwords that are reset"
            return server.finding(.policyHistory, .fine, text)
        }
        return server.finding(
            .policyHistory,
            .warning,
            "the server enforces neither history nor minimum age on a password that is reset (no control for policy "
                + "hints)",
            remedy: "Samba has none. Windows has it from Server 2008 R2 on, with its updates."
        )
    }
}
