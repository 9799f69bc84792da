import DaemonConfiguration
import DirectoryServers
import Synchronizer

/// What the daemon rests on beside its directories: secrets, the vault's key, front ends, gateways.
struct HostExamination: Examination {
    /// The configuration in force.
    let settings: @Sendable () -> Settings
    let environment: [String: String]
    /// Of the configuration's file.
    let path: String

    func examine() async -> [Finding] {
        let settings = settings()
        let state = StateExamination(folder: settings.state)
        let peers = FrontendsExamination(settings, daemon: state.owner)
        return ConfigurationExamination(path: path, environment: environment).findings()
            + SecretsExamination(settings: settings, environment: environment).findings() + [state.finding()]
            + peers.findings() + KeyExamination(settings: settings, environment: environment).findings()
            + (await DeliveryExamination(settings: settings, environment: environment).findings())
    }
}

/// Side by side: each waits for others most of the time.
struct Examinations: Examination {
    private let directories: @Sendable () -> [DirectorySettings]
    private let host: HostExamination

    /// Of directories and host.
    init(
        of directories: @escaping @Sendable () -> [DirectorySettings],
        _ settings: SettingsInForce,
        _ source: ConfigurationSource
    ) {
        self.directories = directories
        host = HostExamination(
            settings: { settings.current },
            environment: source.environment,
            path: source.path
        )
    }

    func examine() async -> [Finding] {
        let all: [any Examination] = [DirectoryExaminers(directories()), host]
        return await withTaskGroup(of: (Int, [Finding]).self) { group in
            for (index, examination) in all.enumerated() {
                group.addTask { (index, await examination.examine()) }
            }
            var found: [(Int, [Finding])] = []
            for await part in group { found.append(part) }
            return found.sorted { $0.0 < $1.0 }.flatMap(\.1)
        }
    }
}
