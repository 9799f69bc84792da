package import Foundation
import Synchronization

/// A real slapd of one's own: a child process in a temporary directory, on free loopback ports, on `ldap`, `ldaps`
/// and `ldapi` at once. It dies with this process.
///
/// ```swift
/// try await withSlapd { slapd in
///     try await slapd.modify("dn: …")
/// }
/// ```
package final class SlapdFixture: Sendable {
    package let options: SlapdOptions
    /// Everything the server has, and its log.
    package let directory: URL
    package let port: UInt16
    package let tlsPort: UInt16

    private let process = Mutex<ChildProcess?>(nil)

    /// The password of the service account, and of everybody in ``SlapdContent/people(below:passwordHash:)``.
    package static let password = "correct horse battery"
    package static let administratorPassword = "administrator-secret"

    package var suffix: String { options.suffix }
    package var administrator: String { "cn=admin,\(suffix)" }
    package var service: String { "cn=latchkey,ou=services,\(suffix)" }
    package var uri: String { "ldap://127.0.0.1:\(port)" }
    package var tlsURI: String { "ldaps://127.0.0.1:\(tlsPort)" }
    package var socketURI: String { "ldapi://" + socketPath.replacingOccurrences(of: "/", with: "%2F") }
    /// The CA that a client should trust.
    package var authorityFile: String { directory.appendingPathComponent("tls/ca.crt").path }
    /// What slapd wrote.
    package var log: String { (try? String(contentsOf: logFile, encoding: .utf8)) ?? "" }
    /// The process id while it runs.
    package var pid: Int32? { process.withLock { $0?.pid } }

    private var socketPath: String { directory.appendingPathComponent("run/ldapi").path }
    private var configurationFile: URL { directory.appendingPathComponent("slapd.conf") }
    private var logFile: URL { directory.appendingPathComponent("log") }
    private var administratorPasswordFile: URL { directory.appendingPathComponent("administrator.password") }

    /// Makes certificates, configuration and content. Nothing runs yet.
    package init(_ options: SlapdOptions = SlapdOptions()) async throws {
        self.options = options
        directory = FileManager.default.temporaryDirectory.appendingPathComponent("latchkey-slapd-\(UUID().uuidString)")
        (port, tlsPort) = try Self.freePorts()
        do {
            try await prepare()
        } catch {
            remove()
            throw error
        }
    }

    deinit {
        process.withLock { $0 }?.signal(SIGKILL)
        remove()
    }

    private func remove() { try? FileManager.default.removeItem(at: directory) }

    /// Both are held until both are known, so that they differ.
    private static func freePorts() throws -> (UInt16, UInt16) {
        let first = try LoopbackSocket.bound()
        let second = try LoopbackSocket.bound()
        return (first.port, second.port)
    }

    // MARK: Preparing

    private func prepare() async throws {
        for name in ["db", "run", "tls"] {
            try FileManager.default.createDirectory(
                at: directory.appendingPathComponent(name),
                withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700]
            )
        }
        try await TestCertificates(directory: directory.appendingPathComponent("tls"), kind: options.certificate).make()
        try Self.administratorPassword.write(to: administratorPasswordFile, atomically: false, encoding: .utf8)
        try configuration.text.write(to: configurationFile, atomically: false, encoding: .utf8)
        let hash = try await hash(Self.password)
        let content = options.content ?? SlapdContent.people(below: suffix, passwordHash: hash)
        let context = options.keepsContextOfContent ? ["-w"] : []
        try await Command("/usr/sbin/slapadd", ["-q", "-f", configurationFile.path, "-b", suffix] + context)
            .check(
                input: SlapdContent.base(
                    options,
                    servicePasswordHash: options.keepsServicePassword ? Self.password : hash
                ) + content + "\n",
                in: directory
            )
    }

    private var configuration: SlapdConfiguration {
        SlapdConfiguration(
            options: options,
            directory: directory,
            administrator: administrator,
            administratorPassword: Self.administratorPassword,
            service: service
        )
    }

    /// A password as slapd would store it.
    package func hash(_ password: String) async throws -> String {
        try await Command("/usr/sbin/slappasswd", ["-h", "{SSHA}", "-s", password]).check(in: directory)
            .trimmingCharacters(in: .whitespacesAndNewlines)
    }

    // MARK: Life

    /// Starts slapd and returns once it answers a search of its root DSE.
    package func start() async throws {
        let urls = "\(socketURI)/ \(uri)/ \(tlsURI)/"
        let child = try await ChildProcess(
            "/usr/bin/env",
            options.environment.map { "\($0)=\($1)" } + [
                "/usr/sbin/slapd", "-d", "\(options.logLevel)", "-f", configurationFile.path, "-h", urls,
            ],
            output: logFile
        )
        process.withLock { $0 = child }
        try await eventually("slapd answers") {
            guard child.isRunning else { throw TestError("slapd ended: \(self.log)") }
            return LoopbackSocket.connected(to: self.port)?.answers(Self.rootSearch) ?? false
        }
    }

    /// A search of the root DSE for no attributes: message 1, base "", scope base, (objectClass=*), `1.1`.
    static let rootSearch: [UInt8] =
        [0x30, 0x2a, 0x02, 0x01, 0x01, 0x63, 0x25, 0x04, 0x00, 0x0a, 0x01, 0x00, 0x0a, 0x01, 0x00, 0x02, 0x01, 0x00]
        + [0x02, 0x01, 0x00, 0x01, 0x01, 0x00, 0x87, 0x0b] + Array("objectClass".utf8)
        + [0x30, 0x05, 0x04, 0x03] + Array("1.1".utf8)

    /// Ends it as an administrator would, and waits for that.
    package func stop() async { await end(SIGTERM) }

    /// Ends it at once, as a power failure would.
    package func kill() async { await end(SIGKILL) }

    private func end(_ signal: Int32) async {
        let child = process.withLock { process in
            defer { process = nil }
            return process
        }
        child?.signal(signal)
        child?.signal(SIGCONT)
        await child?.waitForExit()
    }

    package func restart() async throws {
        await stop()
        try await start()
    }

    /// It stays there and does not answer. Returns when all its threads stand still.
    package func suspend() {
        guard let child = process.withLock({ $0 }) else { return }
        child.signal(SIGSTOP)
        while child.isRunning, !child.isStopped { sched_yield() }
    }

    package func resume() { process.withLock { $0 }?.signal(SIGCONT) }

    // MARK: Use

    /// Applies LDIF change records as the administrator, all that come before the first that is refused.
    /// - Parameter relaxed: also what is the server's own to write, as replication does (Relax Rules control).
    package func modify(_ ldif: String, relaxed: Bool = false) async throws {
        let arguments = (relaxed ? ["-e", "relax"] : []) + administratorArguments
        try await Command("/usr/bin/ldapmodify", arguments).check(input: ldif + "\n", in: directory)
    }

    /// Applies those of the change records that the server takes.
    /// - Returns: what it said.
    package func modifyAsFarAsPossible(_ ldif: String) async throws -> String {
        let outcome = try await Command("/usr/bin/ldapmodify", ["-c"] + administratorArguments)
            .run(input: ldif + "\n", in: directory)
        return outcome.errors + outcome.output
    }

    /// Adds entries as the administrator, so that the overlays run (slapadd runs none).
    package func add(_ ldif: String) async throws {
        try await Command("/usr/bin/ldapadd", administratorArguments).check(input: ldif + "\n", in: directory)
    }

    /// What the administrator sees. Each entry has its name under `dn`.
    package func search(
        _ filter: String = "(objectClass=*)",
        _ attributes: [String] = ["*", "+"],
        base: String? = nil
    ) async throws -> [[String: [String]]] {
        let arguments = administratorArguments + ["-LLL", "-o", "ldif-wrap=no", "-b", base ?? suffix, filter]
        let output = try await Command("/usr/bin/ldapsearch", arguments + attributes).check(in: directory)
        return LDIFText.entries(output)
    }

    /// Pastes into a shell what is meant for root on the server, or for the directory's administrator.
    package func paste(_ text: String) async throws {
        let own = "-H '\(socketURI)' -x -D '\(administrator)' -y '\(administratorPasswordFile.path)'"
        let script = text.replacing("-QY EXTERNAL -H ldapi:///", with: own)
            .replacing(" -W", with: " -y '\(administratorPasswordFile.path)'")
        // -c of ldapmodify ends with the status of what was there already.
        let status = text.contains("ldapmodify -c") ? " || true" : ""
        try await Command("/bin/bash", ["-e", "-o", "pipefail", "-c", script + status]).check(in: directory)
    }

    private var administratorArguments: [String] {
        ["-H", socketURI, "-x", "-D", administrator, "-y", administratorPasswordFile.path]
    }

    /// Tries a password with a bind of its own and returns the LDAP result code.
    package func bind(_ dn: String, _ password: String) async throws -> Int32 {
        let file = directory.appendingPathComponent("password-\(UUID().uuidString)")
        try password.write(to: file, atomically: false, encoding: .utf8)
        defer { try? FileManager.default.removeItem(at: file) }
        return try await Command("/usr/bin/ldapwhoami", ["-H", uri, "-x", "-D", dn, "-y", file.path])
            .run(in: directory).status
    }

    /// The name of somebody below `ou=people`.
    package func person(_ login: String) -> String { "uid=\(login),ou=people,\(suffix)" }

    /// The name of a group below `ou=groups`.
    package func group(_ name: String) -> String { "cn=\(name),ou=groups,\(suffix)" }
}

/// Runs the body with a slapd that has been started, and takes it away afterwards.
package func withSlapd<Value>(
    _ options: SlapdOptions = SlapdOptions(),
    isolation: isolated (any Actor)? = #isolation,
    _ body: (SlapdFixture) async throws -> Value
) async throws -> Value {
    let slapd = try await SlapdFixture(options)
    do {
        try await slapd.start()
        let value = try await body(slapd)
        await slapd.kill()
        return value
    } catch {
        await slapd.kill()
        throw error
    }
}
