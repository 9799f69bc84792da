/// Why a configuration cannot be used: every fault in it, in the order of the file.
package struct ConfigurationError: Error, Sendable, Equatable, CustomStringConvertible {
    package let faults: [Fault]

    package init(faults: [Fault]) { self.faults = faults }

    /// One fault per line.
    package var description: String { faults.map(\.description).joined(separator: "\n") }
}
