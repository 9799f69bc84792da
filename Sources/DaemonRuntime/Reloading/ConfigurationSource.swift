package import DaemonConfiguration
import DirectoryServers
package import Logging
import Synchronization

/// Where the configuration comes from, and what belongs to the process and not to the daemon.
package struct ConfigurationSource: Sendable {
    let path: String
    let environment: [String: String]
    let level: LogLevel

    package init(path: String, environment: [String: String], level: LogLevel) {
        self.path = path
        self.environment = environment
        self.level = level
    }
}

/// The settings in force.
final class SettingsInForce: Sendable {
    private let state: Mutex<Settings>

    init(_ settings: Settings) {
        state = Mutex(settings)
    }

    var current: Settings { state.withLock { $0 } }

    func replace(_ settings: Settings) { state.withLock { $0 = settings } }
}

extension Settings {
    package var loggerLevel: Logger.Level { Logger.Level(rawValue: logLevel) ?? .info }

    /// The sections that are only read at a start and differ.
    func needingRestart(before former: Settings) -> [String] {
        let (old, new) = (former.fixed, fixed)
        return new.keys.filter { old[$0] != new[$0] }.sorted()
    }

    /// Whether it is followed, reached or read in another way.
    func isOtherDirectory(than former: Settings) -> Bool { following != former.following }

    private var following: String {
        "\(directory.servers) \(String(describing: directory.product)) \(directory.tls) \(directory.bind) "
            + "\(directory.failover) \(String(describing: directory.passwordWrite)) "
            + "\(directory.followWriteReferrals.sorted()) \(users) \(String(describing: roles)) \(sync.follow)"
    }

    private var withoutFollowing: Sync {
        var sync = sync
        sync.follow = .auto
        return sync
    }

    /// The Kerberos library takes it from the process's environment, which does not change while threads read it.
    var kerberos: String? {
        guard case .gssapi(let keytab) = directory.bind else { return nil }
        return keytab ?? ""
    }

    /// What connections, files and sockets are made of, by section, as texts to compare. References to secrets, no secrets.
    private var fixed: [String: String] {
        [
            "directory": "\(String(describing: kerberos))", "sync": "\(withoutFollowing)", "alsoWrite": "\(linked)",
            "sockets": "\(sockets)", "state": state, "vault": "\(vaultKeys)",
            "audit": "\(String(describing: auditKeptFor))",
        ]
    }
}
