package import Identity
import LDAPClient
package import Synchronizer

/// Looks at every configured server as the daemon would use it, from the connection to what may be read and written.
package struct DirectoryExaminer: Examination {
    private let settings: DirectorySettings
    private let discovery: ServerDiscovery
    private let clock: any WallClock
    /// For each of connection and bind.
    static let patience = Duration.seconds(10)

    package init(
        settings: DirectorySettings,
        discovery: ServerDiscovery = ServerDiscovery(),
        clock: any WallClock = SystemWallClock()
    ) {
        self.settings = settings
        self.discovery = discovery
        self.clock = clock
    }

    package func examine() async -> [Finding] {
        var findings: [Finding] = []
        var servers: [LDAPServer] = []
        for source in settings.servers {
            let (found, finding) = await self.servers(source)
            if let finding { findings.append(finding) }
            servers += found
        }
        let opened = await open(servers)
        for (server, connection) in zip(servers, opened) {
            let (found, isBindRefused) = await examine(server, connection)
            findings += found
            // The account is the same everywhere: another failed bind would only bring its lock-out nearer.
            if isBindRefused { break }
        }
        for connection in opened { await (try? connection.get())?.close() }
        return findings
    }

    /// All at once: whoever is away is waited for once.
    private func open(_ servers: [LDAPServer]) async -> [Result<LDAPConnection, LDAPError>] {
        let tls = settings.tls
        return await withTaskGroup(of: (Int, Result<LDAPConnection, LDAPError>).self) { group in
            for (index, server) in servers.enumerated() {
                group.addTask {
                    do throws(LDAPError) {
                        return (index, .success(try await .open(server, tls: tls, deadline: Self.patience)))
                    } catch {
                        return (index, .failure(error))
                    }
                }
            }
            var opened: [(Int, Result<LDAPConnection, LDAPError>)] = []
            for await one in group { opened.append(one) }
            return opened.sorted { $0.0 < $1.0 }.map(\.1)
        }
    }

    private func servers(_ source: ServerSource) async -> ([LDAPServer], Finding?) {
        switch source {
        case .named(let server): return ([server], nil)
        case .discovered(let domain):
            do throws(LDAPError) {
                let found = try await discovery.servers(of: domain, tls: settings.tls).groups.flatMap(\.self)
                let names = found.map(\.uri).joined(separator: ", ")
                return (found, Finding(.discovery, source.uri, .fine, "DNS names \(names)"))
            } catch {
                let remedy = "Ask with: dig SRV _ldaps._tcp.\(domain)"
                return ([], Finding(.discovery, source.uri, .failure, "\(error)", remedy: remedy))
            }
        }
    }

    private func examine(
        _ server: LDAPServer,
        _ opened: Result<LDAPConnection, LDAPError>
    ) async -> (findings: [Finding], isBindRefused: Bool) {
        let connection: LDAPConnection
        switch opened {
        case .success(let open): connection = open
        case .failure(let error): return ([await unreachable(server, error)], false)
        }
        let encryption = await TLSExamination(server: server, tls: settings.tls, clock: clock).accepted()
        let reached = [Finding(.connection, server.uri, .fine, "it can be reached"), encryption].compactMap(\.self)
        do throws(LDAPError) {
            let response = try await connection.bind(settings.credentials, deadline: Self.patience)
            return (reached + (await examine(connection, response)), false)
        } catch {
            let remedy = error.code == .invalidCredentials ? Self.remedyOfBind : nil
            let finding = Finding(.bind, server.uri, .failure, "\(error)", remedy: remedy)
            return (reached + [finding], error.isRefusedBind)
        }
    }

    private func unreachable(_ server: LDAPServer, _ error: LDAPError) async -> Finding {
        guard error.code != .tlsFailure else {
            return await TLSExamination(server: server, tls: settings.tls, clock: clock).refused(error)
        }
        let remedy =
            error.code == .clearTextRefused
            ? "Use ldaps://, or directory.tls.startTLS: true."
            : "Check the name, the port, the firewall, and that the server runs."
        return Finding(.connection, server.uri, .failure, "\(error)", remedy: remedy)
    }

    private static let remedyOfBind = "Check directory.bind; every further try counts towards the account's lock-out."

    private func examine(_ connection: LDAPConnection, _ response: PasswordPolicyResponse?) async -> [Finding] {
        let uri = connection.server.uri
        do throws(LDAPError) {
            let root = try await connection.rootDSE(deadline: Self.patience)
            let product = settings.product ?? DirectoryProduct(root)
            let server = ExaminedServer(
                settings: settings,
                connection: connection,
                root: root,
                product: product,
                service: await Self.service(connection, root),
                bindResponse: response,
                people: await ExaminedServer.people(settings, product, on: connection),
                clock: clock
            )
            let bound = server.finding(
                .bind,
                .fine,
                "the service account may bind\(server.service.isEmpty ? "" : " as \(server.service)")"
            )
            return [bound] + (await ServerExamination(server: server).findings())
        } catch {
            return [Finding(.connection, uri, .failure, "\(error)")]
        }
    }

    /// As the server says it (RFC 4532); a domain controller does not.
    private static func service(_ connection: LDAPConnection, _ root: RootDSE) async -> String {
        let said = (try? await connection.whoAmI()) ?? ""
        // 389 Directory Server puts a space between.
        return said.hasPrefix("dn:") ? String(said.dropFirst(3).drop { $0 == " " }) : said
    }
}
