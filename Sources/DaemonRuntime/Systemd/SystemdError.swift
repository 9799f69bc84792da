/// Why something that systemd handed over cannot be used, or a word to systemd did not get out.
package struct SystemdError: Error, Sendable, Equatable, CustomStringConvertible {
    /// What went wrong, stable for callers.
    package struct Code: Sendable, Equatable {
        private enum Value { case malformedVariable, badDescriptor, sendFailed }
        private var value: Value

        package static let malformedVariable = Self(value: .malformedVariable)
        package static let badDescriptor = Self(value: .badDescriptor)
        package static let sendFailed = Self(value: .sendFailed)
    }

    package var code: Code
    /// The environment variable it stands in, such as `LISTEN_FDS`.
    package var variable: String
    /// What was found, and what to do.
    package var detail: String

    package var description: String { "\(variable): \(detail)" }
}
