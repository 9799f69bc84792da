import Foundation
import Identity
import LDAPClient
import Synchronizer

/// What only a slapd can be asked.
struct OpenLDAPExamination: ProductExamination {
    let server: ExaminedServer
    private var pastes: OpenLDAPPastes { OpenLDAPPastes(server: server) }

    func findings() async -> [Finding] {
        let policies = (try? await readPolicies()) ?? OpenLDAPPolicies(all: [])
        let reading = await PasswordReading.standing(on: server)
        let rights = OpenLDAPRights(server: server)
        let response = policyResponse
        let manage = await rights.manage(policies, reading)
        var findings = [await clock(), response] + (await rights.findings())
        findings += [
            PasswordReading.finding(
                reading,
                server,
                pastes.access("attrs=userPassword", "=w"),
                remedy: "Write is enough: =w writes without reading."
            ), manage,
        ].compactMap(\.self)
        guard response.verdict == .fine else { return findings }
        return findings + OpenLDAPPolicyExamination(server: server, policies: policies, manage: manage).findings()
    }

    func followingPastes() async -> [Finding.Paste] { pastes.contentSync }

    var limitPastes: [Finding.Paste] { pastes.limits }

    func trusting(_ attribute: AttributeName) async -> Finding {
        server.finding(
            .trust,
            .warning,
            "trustDirectory believes \(attribute.text), so whoever writes it resets the password; the server does not "
                + "tell this account whether people may write it in their own entries",
            remedy:
                "Ask on the server: slapacl -D DN -b DN \(attribute.text)/write, with somebody's DN twice; or leave "
                + "trustDirectory out, and have people prove the value once.",
            pastes.access("attrs=\(attribute.text) by self", "read", hasOthers: false)
        )
    }

    private func readPolicies() async throws(LDAPError) -> OpenLDAPPolicies {
        try await OpenLDAPPolicies.read(
            around: server.settings.users.base,
            server.root.namingContexts,
            on: server.connection
        )
    }

    /// A control that is announced is no proof: the overlay may be another database's.
    private var policyResponse: Finding {
        let remedy =
            "Locks, minimum ages and history are its work: put the overlay ppolicy on the database, and a policy."
        guard server.root.supportsPasswordPolicy else {
            let text = "the server has no password policy (overlay ppolicy): nothing locks, and nothing is checked"
            return server.finding(.policyResponse, .warning, text, remedy: remedy, pastes.passwordPolicy)
        }
        let own = try? DistinguishedName(server.service)
        let isHere = own.map { own in (try? DistinguishedName(server.suffix)).map(own.isDescendant) == true } ?? false
        if server.settings.credentials.isSimple, isHere, server.bindResponse == nil {
            let text =
                "the server answers a bind without a word of its password policy: the overlay ppolicy is not on "
                + "this database"
            return server.finding(.policyResponse, .warning, text, remedy: remedy, pastes.passwordPolicy)
        }
        return server.finding(.policyResponse, .fine, "the server has a password policy and speaks of it")
    }
}

// MARK: Clock

extension OpenLDAPExamination {
    /// The monitor's, where it may be read. The time of the last change can only show that the server's is ahead.
    private func clock() async -> Finding {
        let examination = ClockExamination(server: server)
        if let now = await time("cn=Current,cn=Time,cn=Monitor", "monitorTimestamp") { return examination.finding(now) }
        if let last = await time(server.suffix, "contextCSN"), last > server.clock.now {
            let finding = examination.finding(last)
            if finding.verdict != .fine { return finding }
        }
        return examination.unknown(pastes.monitor)
    }

    private func time(_ name: String, _ attribute: AttributeName) async -> Date? {
        guard let dn = try? DistinguishedName(name),
            let entry = try? await server.connection.entry(dn, attributes: [attribute])
        else { return nil }
        return entry.strings(attribute).compactMap { value in
            GeneralizedTime.date(value.split(separator: "#").first.map(String.init) ?? value)
        }
        .max()
    }
}
