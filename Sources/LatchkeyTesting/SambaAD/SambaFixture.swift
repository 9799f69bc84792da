package import Foundation
import Synchronization

/// A real Samba domain controller of one's own: a child process in a temporary directory, on a loopback address of
/// its own (its LDAP ports cannot be chosen), the LDAP service and no other. It dies with this process.
package final class SambaFixture: Sendable {
    /// Everything the server has, and its log.
    package let directory: URL
    package let address: String
    /// Whether simple binds and passwords are taken without TLS, which a proxy that understands LDAP needs.
    package let takesClearText: Bool

    private let process = Mutex<ChildProcess?>(nil)

    /// Of everybody.
    package static let password = "Correct-Horse-7"
    package static let suffix = "DC=ad,DC=example,DC=test"
    static let realm = "ad.example.test"
    static let executable = "/usr/sbin/samba"

    package var suffix: String { Self.suffix }
    package var service: String { "CN=latchkey,CN=Users,\(suffix)" }
    /// May replicate, and does not see what is deleted.
    package var shortsighted: String { "CN=shortsighted,CN=Users,\(suffix)" }
    package var uri: String { "ldaps://\(address)" }
    /// The CA that a client should trust.
    package var authorityFile: String { directory.appendingPathComponent("tls/ca.crt").path }
    /// What Samba wrote.
    package var log: String { (try? String(contentsOf: logFile, encoding: .utf8)) ?? "" }

    private var logFile: URL { directory.appendingPathComponent("log/samba") }
    private var passwordFile: URL { directory.appendingPathComponent("password") }
    private var configuration: SambaConfiguration {
        SambaConfiguration(directory: directory, address: address, takesClearText: takesClearText)
    }

    /// Copies the template. Nothing runs yet.
    package init(takesClearText: Bool = false) async throws {
        self.takesClearText = takesClearText
        let template = try await SambaTemplate.shared.folder()
        directory = FileManager.default.temporaryDirectory.appendingPathComponent("latchkey-samba-\(UUID().uuidString)")
        address = Self.randomAddress()
        do {
            try await prepare(template)
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

    /// One of four million: that two tests of this machine have the same one does not happen.
    private static func randomAddress() -> String {
        "127.\(Int.random(in: 64...127)).\(Int.random(in: 1...254)).\(Int.random(in: 1...254))"
    }

    private func prepare(_ template: URL) async throws {
        try await Command("/bin/cp", ["-a", template.path, directory.path])
            .check(in: FileManager.default.temporaryDirectory)
        try configuration.running.write(to: configuration.file, atomically: false, encoding: .utf8)
        try Self.password.write(to: passwordFile, atomically: false, encoding: .utf8)
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: passwordFile.path)
        try await SambaCertificates(directory: directory.appendingPathComponent("tls")).makeServer(address: address)
    }

    // MARK: Life

    /// Starts Samba and returns once it answers over TLS.
    package func start() async throws {
        let child = try await ChildProcess(
            Self.executable,
            ["-i", "-M", "single", "-s", configuration.file.path, "--debug-stdout", "-d", "1"],
            output: logFile
        )
        process.withLock { $0 = child }
        try await eventually("Samba answers", within: .seconds(60)) {
            guard child.isRunning else { throw TestError("Samba ended: \(self.log)") }
            return try await self.ldap("ldapsearch", ["-s", "base", "-b", "", "1.1"], as: nil).status == 0
        }
    }

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
        await child?.waitForExit()
    }

    package func restart() async throws {
        await stop()
        try await start()
    }

    // MARK: Use

    /// Applies LDIF change records as the administrator, all that come before the first that is refused.
    package func modify(_ ldif: String) async throws {
        let outcome = try await ldap("ldapmodify", [], as: "administrator@\(Self.realm)", input: ldif + "\n")
        guard outcome.status == 0 else { throw TestError("ldapmodify: \(outcome.errors)\(outcome.output)") }
    }

    /// Applies those of the change records that the server takes.
    /// - Returns: what it said.
    package func modifyAsFarAsPossible(_ ldif: String) async throws -> String {
        let outcome = try await ldap("ldapmodify", ["-c"], as: "administrator@\(Self.realm)", input: ldif + "\n")
        return outcome.errors + outcome.output
    }

    /// What the administrator sees. Each entry has its name under `dn`.
    package func search(
        _ filter: String,
        _ attributes: [String],
        base: String = SambaFixture.suffix
    ) async throws -> [[String: [String]]] {
        let arguments = ["-LLL", "-o", "ldif-wrap=no", "-b", base, filter] + attributes
        let outcome = try await ldap("ldapsearch", arguments, as: "administrator@\(Self.realm)")
        guard outcome.status == 0 else { throw TestError("ldapsearch: \(outcome.errors)") }
        return LDIFText.entries(outcome.output)
    }

    /// Tries a wrong password with a bind of its own.
    package func failToBind(_ login: String) async throws {
        guard try await !canBind(login, "wrong") else { throw TestError("a wrong password was taken") }
    }

    /// Tries a password with a bind of its own.
    package func canBind(_ login: String, _ password: String) async throws -> Bool {
        let file = directory.appendingPathComponent("password-\(UUID().uuidString)")
        try password.write(to: file, atomically: false, encoding: .utf8)
        defer { try? FileManager.default.removeItem(at: file) }
        let arguments = ["-s", "base", "-b", "", "1.1"]
        return try await ldap("ldapsearch", arguments, as: "\(login)@\(Self.realm)", passwordFile: file).status == 0
    }

    /// Takes the service account's right to write to the staff away.
    package func revokeWriting() async throws {
        let script = directory.appendingPathComponent("revoke.py")
        try SambaSeed.revocation.write(to: script, atomically: false, encoding: .utf8)
        try await Command(SambaSeed.python, [script.path, directory.path]).check(in: directory)
    }

    /// Pastes into a shell what is meant for root on the domain controller, which finds its configuration there.
    package func paste(_ text: String) async throws {
        let arguments = ["SMB_CONF_PATH=\(configuration.file.path)", "/bin/bash", "-e", "-o", "pipefail", "-c", text]
        try await Command("/usr/bin/env", arguments).check(in: directory)
    }

    private func ldap(
        _ program: String,
        _ arguments: [String],
        as name: String?,
        passwordFile: URL? = nil,
        input: String = ""
    ) async throws -> Command.Outcome {
        var words = ["LDAPTLS_CACERT=\(authorityFile)", "/usr/bin/\(program)", "-H", uri, "-x"]
        if let name { words += ["-D", name, "-y", (passwordFile ?? self.passwordFile).path] }
        return try await Command("/usr/bin/env", words + arguments).run(input: input, in: directory)
    }

    /// The name of somebody below `OU=Staff`.
    package func person(_ login: String) -> String { "CN=\(login),OU=Staff,\(suffix)" }

    /// The name of a group below `OU=Groups`.
    package func group(_ name: String) -> String { "CN=\(name),OU=Groups,\(suffix)" }
}

/// Runs the body with a Samba that has been started, and takes it away afterwards.
package func withSamba<Value>(
    takesClearText: Bool = false,
    isolation: isolated (any Actor)? = #isolation,
    _ body: (SambaFixture) async throws -> Value
) async throws -> Value {
    let samba = try await SambaFixture(takesClearText: takesClearText)
    do {
        try await samba.start()
        let value = try await body(samba)
        await samba.kill()
        return value
    } catch {
        await samba.kill()
        throw error
    }
}
