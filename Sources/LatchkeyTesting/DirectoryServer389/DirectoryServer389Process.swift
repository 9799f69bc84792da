import Foundation
import Synchronization

/// A running `ns-slapd` of one instance.
final class DirectoryServer389Process: Sendable {
    let directory: URL
    let port: UInt16
    private let process = Mutex<ChildProcess?>(nil)

    init(directory: URL, port: UInt16) {
        self.directory = directory
        self.port = port
    }

    deinit { process.withLock { $0 }?.signal(SIGKILL) }

    var current: ChildProcess? { process.withLock { $0 } }
    private var output: URL { directory.appendingPathComponent("out") }
    private var pidFile: String { directory.appendingPathComponent("run/dirsrv/slapd-t.pid").path }

    /// Returns once it answers a search of its root DSE.
    func start() async throws {
        try? FileManager.default.removeItem(atPath: pidFile)
        let configuration = directory.appendingPathComponent("etc/dirsrv/slapd-t").path
        let child = try await ChildProcess(
            "/usr/sbin/ns-slapd",
            ["-D", configuration, "-i", pidFile, "-d", "0"],
            output: output
        )
        process.withLock { $0 = child }
        try await eventually("ns-slapd answers") {
            guard child.isRunning else { throw TestError("ns-slapd ended: \(self.log)") }
            return LoopbackSocket.connected(to: self.port)?.answers(SlapdFixture.rootSearch) ?? false
        }
    }

    var log: String {
        let errors = directory.appendingPathComponent("var/log/dirsrv/slapd-t/errors")
        return [output, errors].map { (try? String(contentsOf: $0, encoding: .utf8)) ?? "" }.joined(separator: "\n")
    }

    func end(_ signal: Int32) async {
        let child = process.withLock { process in
            defer { process = nil }
            return process
        }
        child?.signal(signal)
        child?.signal(SIGCONT)
        await child?.waitForExit()
    }

    /// Applies LDIF as the administrator, entries or change records.
    func apply(_ ldif: String, adding: Bool) async throws {
        let program = adding ? "/usr/bin/ldapadd" : "/usr/bin/ldapmodify"
        try await Command(program, administratorArguments).check(input: ldif + "\n", in: directory)
    }

    var administratorArguments: [String] {
        let password = DirectoryServer389Template.administratorPassword
        return ["-H", "ldap://127.0.0.1:\(port)", "-x", "-D", DirectoryServer389Template.administrator, "-w", password]
    }
}
