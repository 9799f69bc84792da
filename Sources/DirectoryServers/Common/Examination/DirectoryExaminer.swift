import Identity
import LDAPClient
package import Synchronizer

/// Looks at every configured server as the daemon would use it: connection, TLS, bind, root DSE, the strategy that
/// is chosen and why, and a sample of what can be read.
package struct DirectoryExaminer: DirectoryExamination {
    private let settings: DirectorySettings
    private let discovery: ServerDiscovery
    /// For each of connection and bind.
    static let patience = Duration.seconds(10)

    package init(settings: DirectorySettings, discovery: ServerDiscovery = ServerDiscovery()) {
        self.settings = settings
        self.discovery = discovery
    }

    package func examine() async -> [Finding] {
        var findings: [Finding] = []
        for source in settings.servers {
            let (servers, finding) = await servers(source)
            if let finding { findings.append(finding) }
            for server in servers {
                let (found, isBindRefused) = await examine(server)
                findings += found
                // The account is the same everywhere: another failed bind would only bring its lock-out nearer.
                if isBindRefused { return findings }
            }
        }
        return findings
    }

    private func servers(_ source: ServerSource) async -> ([LDAPServer], Finding?) {
        switch source {
        case .named(let server): return ([server], nil)
        case .discovered(let domain):
            do throws(LDAPError) {
                let found = try await discovery.servers(of: domain, tls: settings.tls).groups.flatMap(\.self)
                let names = found.map(\.uri).joined(separator: ", ")
                return (found, Finding(source.uri, .fine, "DNS names \(names)"))
            } catch {
                return (
                    [], Finding(source.uri, .failure, "\(error)", remedy: "Ask with: dig SRV _ldaps._tcp.\(domain)")
                )
            }
        }
    }

    private func examine(_ server: LDAPServer) async -> (findings: [Finding], isBindRefused: Bool) {
        let connection: LDAPConnection
        do throws(LDAPError) {
            connection = try await LDAPConnection.open(server, tls: settings.tls, deadline: Self.patience)
        } catch {
            return ([Finding(server.uri, .failure, "\(error)", remedy: Self.remedy(error))], false)
        }
        do throws(LDAPError) {
            try await connection.bind(settings.credentials, deadline: Self.patience)
        } catch {
            await connection.close()
            let finding = Finding(server.uri, .failure, "\(error)", remedy: Self.remedy(error))
            return ([finding], error.isRefusedBind)
        }
        let content = await ContentExamination(settings: settings, connection: connection).findings()
        let kind = settings.match == nil ? await strategy(connection) : await product(connection)
        let findings = [kind] + content + (await trust(connection))
        await connection.close()
        return (findings, false)
    }

    private func strategy(_ connection: LDAPConnection) async -> Finding {
        let server = connection.server.uri
        do {
            let root = try await connection.rootDSE(deadline: Self.patience)
            let strategy = try await StrategyChoice(settings: settings, clock: SystemWallClock())
                .strategy(root, on: connection)
            let product = settings.product ?? DirectoryProduct(root)
            let name = [product.title, root.vendorVersion ?? ""].filter { !$0.isEmpty }.joined(separator: ", ")
            return Finding(
                server,
                strategy.isLive ? .fine : .warning,
                "\(name); followed by \(type(of: strategy).name): \(strategy.reason)",
                remedy: strategy.isLive ? nil : "Changes show after an interval, not at once; see the reason."
            )
        } catch {
            return Finding(server, .failure, "\(FeedError(error, server: server).detail)")
        }
    }

    /// Of a linked directory, which is written and not followed.
    private func product(_ connection: LDAPConnection) async -> Finding {
        let server = connection.server.uri
        do throws(LDAPError) {
            let root = try await connection.rootDSE(deadline: Self.patience)
            _ = try await AccountDialects(settings).of(connection)
            let product = settings.product ?? DirectoryProduct(root)
            return Finding(server, .fine, "\(product.title); its accounts are written after the person's own")
        } catch {
            return Finding(server, .failure, "\(error)")
        }
    }

    private func trust(_ connection: LDAPConnection) async -> [Finding] {
        guard !settings.trusted.isEmpty, let root = try? await connection.rootDSE(deadline: Self.patience) else {
            return []
        }
        let product = settings.product ?? DirectoryProduct(root)
        return TrustExamination(attributes: settings.trusted, product: product, server: connection.server.uri)
            .findings()
    }

    private static func remedy(_ error: LDAPError) -> String? {
        switch error.code {
        case .tlsFailure:
            "Check `directory.tls.ca`, the certificate's names and its dates: openssl s_client -connect HOST:PORT"
        case .clearTextRefused: "Use ldaps://, or directory.tls.startTLS: true."
        case .connectError, .serverDown, .timeout: "Check the name, the port, the firewall, and that the server runs."
        case .invalidCredentials: "Check directory.bind; every further try counts towards the account's lock-out."
        default: nil
        }
    }
}
