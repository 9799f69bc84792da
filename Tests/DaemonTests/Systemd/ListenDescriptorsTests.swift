import Glibc
import Testing

@testable import DaemonRuntime

@Suite("Sockets passed by systemd")
struct ListenDescriptorsTests {
    @Test("a process takes its two sockets by name, keeps them from children, and forgets the variables")
    func taken() async {
        await #expect(processExitsWith: .success) {
            // As systemd does it: the sockets stand side by side, inheritable.
            let passed = try #require(PassedSockets())
            let taken = try ListenDescriptors.take(
                environment: passed.environment(names: "frontend:admin"),
                first: PassedSockets.first
            )
            #expect(taken.named == ["frontend": [203], "admin": [204]])
            #expect(taken["frontend"] == [203] && taken["portal"].isEmpty)
            #expect(fcntl(203, F_GETFD) & FD_CLOEXEC != 0 && fcntl(204, F_GETFD) & FD_CLOEXEC != 0)
            #expect(PassedSockets.variablesLeft.isEmpty)
        }
    }

    @Test("several sockets of one name stay in their order; without names they are unknown")
    func names() async {
        await #expect(processExitsWith: .success) {
            let passed = try #require(PassedSockets())
            let same = try ListenDescriptors.take(
                environment: passed.environment(names: "admin:admin"),
                first: PassedSockets.first
            )
            #expect(same.named == ["admin": [203, 204]])
            let nameless = try ListenDescriptors.take(
                environment: passed.environment(names: nil),
                first: PassedSockets.first
            )
            #expect(nameless.named == ["unknown": [203, 204]])
        }
    }

    @Test("nothing is taken that was meant for another process, or was not passed")
    func others() throws {
        let others = ["LISTEN_PID": "1", "LISTEN_FDS": "2", "LISTEN_FDNAMES": "frontend:admin"]
        #expect(try ListenDescriptors.take(environment: others).named.isEmpty)
        #expect(try ListenDescriptors.take(environment: [:]).named.isEmpty)
        #expect(try ListenDescriptors.take(environment: ["LISTEN_PID": "\(getpid())"]).named.isEmpty)
        let none = ["LISTEN_PID": "\(getpid())", "LISTEN_FDS": "0", "LISTEN_FDNAMES": ""]
        #expect(try ListenDescriptors.take(environment: none).named.isEmpty)
    }

    @Test("a count that cannot be one is refused by name", arguments: ["", "-1", "two", "65", "4294967297"])
    func malformedCount(count: String) {
        let error = #expect(throws: SystemdError.self) {
            try ListenDescriptors.take(environment: ["LISTEN_PID": "\(getpid())", "LISTEN_FDS": count])
        }
        #expect(error?.code == .malformedVariable && error?.variable == "LISTEN_FDS")
    }

    @Test("names that do not match the sockets in number are refused", arguments: ["frontend", "a:b:c", ""])
    func malformedNames(names: String) {
        let environment = ["LISTEN_PID": "\(getpid())", "LISTEN_FDS": "2", "LISTEN_FDNAMES": names]
        let error = #expect(throws: SystemdError.self) { try ListenDescriptors.take(environment: environment) }
        #expect(error?.variable == "LISTEN_FDNAMES")
    }

    @Test("a descriptor that is not open is an error that says so")
    func notOpen() async {
        await #expect(processExitsWith: .success) {
            let passed = try #require(PassedSockets())
            close(204)
            let error = #expect(throws: SystemdError.self) {
                try ListenDescriptors.take(
                    environment: passed.environment(names: "frontend:admin"),
                    first: PassedSockets.first
                )
            }
            #expect(error?.code == .badDescriptor && error?.detail.contains("descriptor 204") == true)
        }
    }
}

/// Two listening sockets with neighbouring numbers and systemd's variables around them; only for a process of its
/// own. Not at 3 and 4, where libdispatch may have its own descriptors by now.
struct PassedSockets {
    static let first: Int32 = 203

    init?() {
        for number in Self.first..<Self.first + 2 {
            let listener = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
            guard listener >= 0 else { return nil }
            // dup2 onto itself would be a no-op and leave it as it is: inheritable, which is what is wanted.
            guard dup2(listener, number) == number else { return nil }
        }
        for variable in Self.variables { unsafe setenv(variable, "set", 1) }
    }

    func environment(names: String?) -> [String: String] {
        var environment = ["LISTEN_PID": "\(getpid())", "LISTEN_FDS": "2"]
        environment["LISTEN_FDNAMES"] = names
        return environment
    }

    /// The variables that a child of this process would still see.
    static var variablesLeft: [String] { variables.filter { unsafe getenv($0) != nil } }

    private static let variables = ["LISTEN_FDS", "LISTEN_PID", "LISTEN_FDNAMES"]
}
