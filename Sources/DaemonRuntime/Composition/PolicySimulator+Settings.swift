import DaemonConfiguration
import SelfService

extension PolicySimulator {
    /// Faults of one answer; more say nothing new.
    private static let faultsMax = 20

    /// Tries out what a text says, where it does not say otherwise on the ground of the settings in force.
    init(_ source: EnvironmentSource, settings: SettingsInForce) {
        self.init(source) { text throws(ServiceError) in
            do throws(ConfigurationError) {
                return try PolicyFile.read(text: text, name: "configuration", inForce: settings.current)
            } catch {
                let faults = error.faults.prefix(Self.faultsMax).map(\.description).joined(separator: "\n")
                throw ServiceError(.invalidValue, faults, field: "configuration")
            }
        }
    }
}
