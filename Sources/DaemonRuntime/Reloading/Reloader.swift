import Audit
import DaemonConfiguration
import Delivery
import DirectoryServers
import Foundation
import LocalServer
import Logging
import SelfService
import Vault

/// Reads the configuration file again and puts all of it in force, or nothing. No session, connection or message is lost;
/// a session ends with it where the policy that it is under is another one now.
actor Reloader: ConfigurationReloading {
    private let source: ConfigurationSource
    private let inForce: SettingsInForce
    /// What connections, files and sockets were made of.
    private let started: Settings
    private let environment: EnvironmentSource
    private let directory: DirectoryInForce
    private let courier: Courier
    private let vault: VaultDatabase
    private let logger: Logger
    private var sockets: (frontend: FrontendAPI, admin: AdminAPI)?

    init(
        _ source: ConfigurationSource,
        _ inForce: SettingsInForce,
        _ environment: EnvironmentSource,
        _ directory: DirectoryInForce,
        _ courier: Courier,
        _ vault: VaultDatabase,
        logger: Logger
    ) {
        self.source = source
        self.inForce = inForce
        started = inForce.current
        self.environment = environment
        self.directory = directory
        self.courier = courier
        self.vault = vault
        self.logger = logger
    }

    /// Whose peers are the configuration's.
    func serves(_ frontend: FrontendAPI, _ admin: AdminAPI) { sockets = (frontend, admin) }

    func reload() async throws(ConfigurationRefused) -> [String] {
        let settings: Settings
        let ways: DeliveryWays
        let other: DirectorySettings?
        do throws(ConfigurationRefused) {
            settings = try await read()
            ways = try self.ways(settings)
            other = try self.directory(settings)
        } catch {
            logger.error(
                "the configuration is not good; the one in force stays",
                metadata: ["faults": "\(error.faults.joined(separator: "; "))"]
            )
            throw error
        }
        let waiting = settings.needingRestart(before: started)
        await apply(settings, ways)
        if let other { await directory.replace(other) }
        await tell(waiting)
        return waiting
    }

    /// Reads files and asks the name service: not on a thread that others wait for.
    private func read() async throws(ConfigurationRefused) -> Settings {
        let path = source.path
        let result = await withCheckedContinuation { continuation in
            DispatchQueue.global().async {
                continuation.resume(
                    returning: Result { () throws(ConfigurationError) in try ConfigurationFile.load(path: path) }
                )
            }
        }
        switch result {
        case .success(let settings): return settings
        case .failure(let error): throw ConfigurationRefused(faults: error.faults.map(\.description))
        }
    }

    private func ways(_ settings: Settings) throws(ConfigurationRefused) -> DeliveryWays {
        do {
            return try DeliveryWays(settings, environment.current.people, environment: source.environment)
        } catch {
            throw ConfigurationRefused(faults: ["\(error)"])
        }
    }

    /// The directory's own part, where it or the password in its file differs from what is in force.
    private func directory(_ settings: Settings) throws(ConfigurationRefused) -> DirectorySettings? {
        guard settings.kerberos == started.kerberos else { return nil }
        do {
            let other = try DirectorySettings(settings, environment: source.environment)
            let isSame = other.credentials == directory.settings.credentials
            return isSame && !settings.isOtherDirectory(than: inForce.current) ? nil : other
        } catch {
            throw ConfigurationRefused(faults: ["\(error)"])
        }
    }

    private func apply(_ settings: Settings, _ ways: DeliveryWays) async {
        inForce.replace(settings)
        source.level.current = settings.loggerLevel
        courier.replace(ways)
        vault.replace(links: settings.links)
        environment.change { $0.take(settings) }
        sockets?.frontend.replace(peers: settings.frontends.map(FrontendPeer.init))
        await sockets?.admin.replace(administrators: settings.administrators.map(AdministratorGrant.init))
    }

    private func tell(_ waiting: [String]) async {
        logger.notice("the configuration was read again and is in force")
        if !waiting.isEmpty {
            logger.warning(
                "some sections differ and are read at a start only; restart latchkeyd for them",
                metadata: ["sections": "\(waiting.joined(separator: ", "))"]
            )
        }
        let details = waiting.isEmpty ? [:] : ["needsRestart": waiting.joined(separator: ",")]
        try? await vault.append(AuditEvent(.configurationReloaded, .done, by: .daemon, details: details))
    }
}

extension ServiceEnvironment {
    /// What of a configuration the services go by.
    mutating func take(_ settings: Settings) {
        policies = PolicySet(policies: settings.policies, protectedRoles: settings.protectedRoles)
        passwordRules = settings.passwordRules
        limits = settings.limits
        lifetimes = settings.lifetimes
        links = settings.links
    }
}
