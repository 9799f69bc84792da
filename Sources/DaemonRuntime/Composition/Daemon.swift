import Audit
package import DaemonConfiguration
import Delivery
import DirectoryServers
import Foundation
import Identity
import LocalServer
package import Logging
import Mirror
import SelfService
import ServiceLifecycle
import Synchronizer
import UnixSignals
import Vault

/// The whole daemon, put together from its configuration. Nothing runs before ``run()``.
package struct Daemon: Sendable {
    let settings: Settings
    let lock: StateLock
    let mirror: MirrorDatabase
    let vault: VaultDatabase
    let directory: DirectoryInForce
    /// Of the linked directories.
    let linkedAccounts: [LiveDirectory]
    let examiner: Examinations
    let engine: SyncEngine
    let courier: Courier
    let lockout: LockoutWatch
    let environment: ServiceEnvironment
    /// The same, as the configuration in force changes it.
    let inForce: EnvironmentSource
    let settingsInForce: SettingsInForce
    let source: ConfigurationSource
    let logger: Logger

    package static let version = "0.1.0"

    /// Opens the stores. Blocks for as long as the disk takes.
    /// - Throws: ``StartError``.
    package init(settings: Settings, from source: ConfigurationSource, logger: Logger) throws {
        self.settings = settings
        self.source = source
        let settingsInForce = SettingsInForce(settings)
        self.settingsInForce = settingsInForce
        self.logger = logger
        let clock = SystemWallClock()
        let directory = try DirectorySettings(settings, environment: source.environment)
        let feed = DirectoryFeed(settings: directory, clock: clock)
        feed.connectEarly()
        (lock, mirror, vault) = try Stores.open(
            settings,
            environment: source.environment,
            clock: clock,
            logger: logger
        )
        let linked = try DirectorySettings.linked(settings, environment: source.environment)
        let live = LiveDirectory(settings: directory, clock: clock)
        let accounts = ReplaceableDirectory(live)
        linkedAccounts = linked.map { LiveDirectory(settings: $0, clock: clock) }
        let vault = vault
        engine = SyncEngine(
            feed: feed,
            store: mirror,
            probe: OpenLDAPMembershipProbe(live),
            clock: clock,
            logger: logger,
            hooks: SyncHooks(vault, logger: logger),
            verifyEvery: .seconds(settings.sync.verifyEvery)
        )
        let people = MirrorPeople(mirror: mirror)
        let ways = try DeliveryWays(settings, people, environment: source.environment)
        let courier = Courier(
            outbox: vault,
            transport: ways.transport,
            clock: clock,
            logger: logger,
            budgets: ways.budgets,
            words: ways.words
        )
        self.courier = courier
        lockout = LockoutWatch(
            directory: accounts,
            configured: { settingsInForce.current.limits.signInFailuresInForce },
            logger: logger
        )
        let inForce = DirectoryInForce(directory, accounts, engine, lockout, clock: clock)
        self.directory = inForce
        examiner = Examinations(of: { [inForce.settings] + linked }, settingsInForce, source)
        var environment = ServiceEnvironment(
            people: people,
            directory: accounts,
            vault: vault,
            policies: PolicySet(policies: settings.policies, protectedRoles: settings.protectedRoles),
            decoys: vault.keys.decoyMaker,
            passwordRules: settings.passwordRules,
            limits: settings.limits,
            lifetimes: settings.lifetimes,
            links: settings.links,
            clock: clock,
            hashing: ScryptHashing(),
            signInFailures: lockout.limit,
            wakeCourier: { courier.wake() },
            logger: logger
        )
        environment.evenTime = EvenTime(step: EvenTime.stepDefault)
        environment.linked = zip(settings.linked, linkedAccounts).map { LinkedDirectory(name: $0.name, accounts: $1) }
        self.environment = environment
        self.inForce = EnvironmentSource(environment)
    }
}

// MARK: Running

extension Daemon {
    /// Serves until SIGTERM or SIGINT. Says so to systemd, if it is there.
    /// - Throws: ``StartError`` when the sockets cannot be had.
    package func run(passed: ListenDescriptors, processEnvironment: [String: String]) async throws {
        let notifier = try SystemdNotifier(environment: processEnvironment)
        // First: the directory takes its time, and so do groups that the user database has to be asked for.
        let following = EngineService(engine: engine)
        defer { following.end() }
        let sockets = try SocketParts(settings.sockets, passed: passed)
        try await vault.append(AuditEvent(.daemonStarted, .done, by: .daemon, details: ["version": Self.version]))
        var services: [any Service] = [
            following, CourierService(courier: courier), lockout,
            RecoveryService(
                recovery: WriteRecovery(environment: environment, startedAt: Date()),
                watching: WriteWatching(environment: environment),
                logger: logger
            ),
            RetentionService(retention: retention, engine: engine, logger: logger),
            RotationService(vault: vault, logger: logger), keeping,
        ]
        let reloader = Reloader(source, settingsInForce, inForce, directory, courier, vault, logger: logger)
        services += await socketServices(sockets, reloader)
        services.append(ReloadService(reloader: reloader, notifier: notifier))
        services.append(ReadinessService(notifier: notifier, logger: logger))
        if let interval = try WatchdogInterval(environment: processEnvironment) {
            services.append(Watchdog(interval: interval, notifier: notifier, signsOfLife: signsOfLife, logger: logger))
        }
        let group = ServiceGroup(
            configuration: ServiceGroupConfiguration(
                services: services.map { ServiceGroupConfiguration.ServiceConfiguration(service: NamedService($0)) },
                gracefulShutdownSignals: [.sigterm, .sigint],
                logger: quiet
            )
        )
        try await group.run()
        try? await vault.append(AuditEvent(.daemonStopped, .done, by: .daemon))
        await keeping.tell()
        for accounts in [directory.accounts.current] + linkedAccounts { await accounts.close() }
        try? mirror.close()
        try? vault.close()
    }

    private var keeping: AuditKeeping {
        AuditKeeping(audit: vault, keptFor: settings.auditKeptFor, logger: logger)
    }

    private var retention: Retention {
        Retention(
            mirror: mirror,
            vault: vault,
            clock: SystemWallClock(),
            purgeAfter: settings.sync.purgeDeletedAfter
        )
    }

    private func socketServices(_ sockets: SocketParts, _ reloader: Reloader) async -> [any Service] {
        let metrics = RequestMetrics()
        let frontend = FrontendAPI(
            services: FrontDesk(inForce),
            sync: engine,
            peers: settings.frontends.map(FrontendPeer.init),
            metrics: metrics,
            isReady: { [mirror] in mirror.generation > 0 }
        )
        let admin = AdminAPI(
            people: Helpdesk(inForce),
            mirror: mirror,
            sync: engine,
            quarantine: engine,
            history: mirror,
            examination: examiner,
            vault: vault,
            policies: PolicySimulator(inForce, settings: settingsInForce),
            reloading: reloader,
            audit: vault,
            administrators: settings.administrators.map(AdministratorGrant.init),
            version: Self.version,
            metrics: metrics
        )
        await reloader.serves(frontend, admin)
        return [
            SocketService(serving: frontend, on: sockets.frontend, logger: logger),
            SocketService(serving: admin, on: sockets.admin, limits: .administration, logger: logger),
        ]
    }

    /// What must answer for the daemon to be alive: the engine, the vault's writer, the mirror's readers.
    private var signsOfLife: @Sendable () async throws -> Void {
        { [engine, vault, mirror] in
            _ = await engine.status()
            _ = try await vault.nextDueTime()
            _ = try await mirror.counts()
        }
    }

    /// The service group tells of every service that it starts; a quiet log is worth more.
    private var quiet: Logger {
        var logger = logger
        logger.logLevel = max(logger.logLevel, .warning)
        return logger
    }
}
