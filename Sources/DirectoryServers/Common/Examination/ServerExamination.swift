import Identity
import LDAPClient
import Synchronizer

/// Everything that can be asked of a server once the service account is bound to it.
struct ServerExamination {
    let server: ExaminedServer
    private var settings: DirectorySettings { server.settings }

    func findings() async -> [Finding] {
        let isLinked = settings.match != nil
        let content = await ContentExamination(settings: settings, connection: server.connection).findings()
        let (kind, isLive) = isLinked ? (await linked(), true) : await following()
        var findings = [kind] + content
        if !isLinked, content.allSatisfy({ $0.verdict != .failure }) {
            let isPaged = server.product == .activeDirectory || !isLive
            findings += await LimitExamination(server: server, isPaged: isPaged).findings()
        }
        guard let examination = server.examination else { return findings + settings.trusted.map(untold) }
        // Without people there is nobody to try rights on.
        if !server.people.isEmpty { findings += await examination.findings() }
        for attribute in settings.trusted { findings.append(await examination.trusting(attribute)) }
        return findings
    }

    private func following() async -> (Finding, isLive: Bool) {
        do {
            let strategy = try await StrategyChoice(settings: settings, clock: server.clock)
                .strategy(server.root, on: server.connection)
            let name = [server.product.title, server.root.vendorVersion ?? ""].filter { !$0.isEmpty }
                .joined(separator: ", ")
            let text = "\(name); followed by \(type(of: strategy).name): \(strategy.reason)"
            if strategy.isLive { return (server.finding(.following, .fine, text), true) }
            let remedy = "Changes show after an interval, not at once; see the reason."
            return (server.finding(.following, .warning, text, remedy: remedy, await pastes()), false)
        } catch {
            let text = FeedError(error, server: server.uri).detail
            return (server.finding(.following, .failure, text, remedy: nil, await pastes()), false)
        }
    }

    private func pastes() async -> [Finding.Paste] {
        settings.follow == .poll ? [] : await server.examination?.followingPastes() ?? []
    }

    /// Of a linked directory, which is written and not followed.
    private func linked() async -> Finding {
        do throws(LDAPError) {
            _ = try await AccountDialects(settings).of(server.connection)
        } catch {
            return server.finding(.following, .failure, "\(error)")
        }
        let text = "\(server.product.title); its accounts are written after the person's own"
        return server.finding(.following, .fine, text)
    }

    private func untold(_ attribute: AttributeName) -> Finding {
        server.finding(
            .trust,
            .warning,
            "trustDirectory believes \(attribute.text), so whoever writes it resets the password; whether people may "
                + "write it in their own entries is not known",
            remedy: "See the server's access rules; or leave trustDirectory out, and have people prove the value once."
        )
    }
}
