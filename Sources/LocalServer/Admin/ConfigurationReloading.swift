/// The port to the configuration file.
package protocol ConfigurationReloading: Sendable {
    /// Reads the file and puts all of it in force, or nothing.
    /// - Returns: the sections that differ and are only read at a start.
    /// - Throws: ``ConfigurationRefused``; then the one in force stays.
    func reload() async throws(ConfigurationRefused) -> [String]
}

/// The file is not good.
package struct ConfigurationRefused: Error, Sendable, Equatable {
    /// Each with its place and what to do.
    package var faults: [String]

    package init(faults: [String]) { self.faults = faults }
}
