import Glibc

/// The sockets that systemd bound and passed to this process (sd_listen_fds(3)), by `FileDescriptorName=`.
package struct ListenDescriptors: Sendable, Equatable {
    /// More is a mistake in a unit: Latchkey has two sockets.
    package static let limit = 64
    /// `SD_LISTEN_FDS_START`.
    package static let first: Int32 = 3

    /// In the order in which they were passed; a socket without a name is called `unknown`.
    package let named: [String: [Int32]]

    package subscript(name: String) -> [Int32] { named[name] ?? [] }

    /// Takes the descriptors over, once: they get close-on-exec, and the variables leave the process's
    /// environment, so that no child takes them for its own. To be called before there is a second thread
    /// (setenv(3) is not safe beside a reader). Empty where nothing was passed or it was meant for another process.
    /// - Parameter first: where they begin; another number than systemd's only in tests.
    package static func take(
        environment: [String: String],
        first: Int32 = Self.first
    ) throws(SystemdError) -> ListenDescriptors {
        for variable in ["LISTEN_FDS", "LISTEN_PID", "LISTEN_FDNAMES"] { unsafe unsetenv(variable) }
        guard environment["LISTEN_PID"] == "\(getpid())", let count = environment["LISTEN_FDS"] else {
            return ListenDescriptors(named: [:])
        }
        guard let passed = Int32(count), (0...Int32(limit)).contains(passed) else {
            throw malformed("LISTEN_FDS", "\"\(count)\" is not a number from 0 to \(limit)")
        }
        let descriptors = Array(first..<(first + passed))
        let names = try names(environment["LISTEN_FDNAMES"], count: descriptors.count)
        for descriptor in descriptors { try keepFromChildren(descriptor) }
        let pairs = zip(names, descriptors)
        return ListenDescriptors(named: Dictionary(grouping: pairs, by: \.0).mapValues { $0.map(\.1) })
    }

    private static func names(_ list: String?, count: Int) throws(SystemdError) -> [String] {
        guard count > 0, let list else { return Array(repeating: "unknown", count: count) }
        let names = list.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        guard names.count == count else {
            throw malformed("LISTEN_FDNAMES", "\"\(list)\" has \(names.count) names for \(count) sockets")
        }
        return names
    }

    private static func keepFromChildren(_ descriptor: Int32) throws(SystemdError) {
        guard fcntl(descriptor, F_SETFD, FD_CLOEXEC) == 0 else {
            let detail = "descriptor \(descriptor) is not open; start the daemon through its socket units"
            throw SystemdError(code: .badDescriptor, variable: "LISTEN_FDS", detail: detail)
        }
    }

    private static func malformed(_ variable: String, _ detail: String) -> SystemdError {
        SystemdError(code: .malformedVariable, variable: variable, detail: detail)
    }
}
