package import Foundation

/// A real 389 Directory Server of one's own: a child process in a temporary directory, on a loopback port. It dies
/// with this process. Needs root, since Debian lets nobody else read `/etc/dirsrv`.
///
/// ```swift
/// try await withDirectoryServer389 { server in
///     try await server.modify("dn: …")
/// }
/// ```
package final class DirectoryServer389Fixture: Sendable {
    package let options: DirectoryServer389Options
    /// Everything the server has, and its log.
    package let directory: URL
    package let port: UInt16
    private let process: DirectoryServer389Process

    package var suffix: String { DirectoryServer389Template.suffix }
    package var service: String { DirectoryServer389Template.service }
    package var administrator: String { DirectoryServer389Template.administrator }
    package var uri: String { "ldap://127.0.0.1:\(port)" }
    /// What the server wrote.
    package var log: String { process.log }

    /// The password of the service account and of everybody.
    package static let password = DirectoryServer389Template.password
    package static let administratorPassword = DirectoryServer389Template.administratorPassword

    /// Copies the template. Nothing runs yet.
    package init(_ options: DirectoryServer389Options = DirectoryServer389Options()) async throws {
        self.options = options
        let template = try await DirectoryServer389Template.shared()
        directory = FileManager.default.temporaryDirectory.appendingPathComponent("latchkey-389ds-\(UUID().uuidString)")
        port = try LoopbackSocket.bound().port
        process = DirectoryServer389Process(directory: directory, port: port)
        try template.copy(to: directory, port: port, options)
    }

    deinit {
        process.current?.signal(SIGKILL)
        try? FileManager.default.removeItem(at: directory)
    }

    // MARK: Life

    package func start() async throws { try await process.start() }

    /// Ends it as an administrator would, and waits for that: two seconds.
    package func stop() async { await process.end(SIGTERM) }

    /// Ends it at once, as a power failure would.
    package func kill() async { await process.end(SIGKILL) }

    package func restart() async throws {
        await stop()
        try await start()
    }

    /// The whole state of a stopped server, to be put back with ``restore(_:)``: a backup.
    package func backUp() throws -> URL {
        let copy = directory.appendingPathComponent("backup-\(UUID().uuidString)")
        try FileManager.default.copyItem(at: data, to: copy)
        return copy
    }

    /// Of a stopped server.
    package func restore(_ backup: URL) throws {
        try FileManager.default.removeItem(at: data)
        try FileManager.default.copyItem(at: backup, to: data)
    }

    // Nothing but the database: a socket cannot be copied.
    private var data: URL { directory.appendingPathComponent("var/lib/dirsrv/slapd-t/db") }

    // MARK: Use

    /// Applies LDIF change records as the administrator.
    package func modify(_ ldif: String) async throws { try await process.apply(ldif, adding: false) }

    /// Applies those of the change records that the server takes.
    /// - Returns: what it said.
    package func modifyAsFarAsPossible(_ ldif: String) async throws -> String {
        let outcome = try await Command("/usr/bin/ldapmodify", ["-c"] + process.administratorArguments)
            .run(input: ldif + "\n", in: directory)
        return outcome.errors + outcome.output
    }

    /// Adds entries as the administrator.
    package func add(_ ldif: String) async throws { try await process.apply(ldif, adding: true) }

    /// What the administrator sees. Each entry has its name under `dn`.
    package func search(
        _ filter: String = "(objectClass=*)",
        _ attributes: [String] = ["*", "+"],
        base: String? = nil,
        scope: String = "sub"
    ) async throws -> [[String: [String]]] {
        let arguments =
            process.administratorArguments
            + ["-LLL", "-o", "ldif-wrap=no", "-s", scope, "-b", base ?? suffix, filter]
        let output = try await Command("/usr/bin/ldapsearch", arguments + attributes).check(in: directory)
        return LDIFText.entries(output)
    }

    /// Pastes into a shell what is meant for the Directory Manager.
    package func paste(_ text: String) async throws {
        let script = text.replacing(" -W", with: " -w '\(Self.administratorPassword)'")
        try await Command("/bin/bash", ["-e", "-o", "pipefail", "-c", script]).check(in: directory)
    }

    /// Tries a password with a bind of its own and returns the LDAP result code.
    package func bind(_ dn: String, _ password: String) async throws -> Int32 {
        try await Command("/usr/bin/ldapwhoami", ["-H", uri, "-x", "-D", dn, "-w", password])
            .run(in: directory).status
    }

    /// Takes the service account's right to write away.
    package func revokeWriting() async throws {
        let rule = DirectoryServer389Content.writing(service)
        try await modify("dn: \(suffix)\nchangetype: modify\ndelete: aci\naci: \(rule)\n")
    }

    /// The name of somebody below `ou=people`.
    package func person(_ login: String) -> String { "uid=\(login),ou=people,\(suffix)" }

    /// The name of a group below `ou=groups`.
    package func group(_ name: String) -> String { "cn=\(name),ou=groups,\(suffix)" }
}

/// Runs the body with a server that has been started, and takes it away afterwards.
package func withDirectoryServer389<Value>(
    _ options: DirectoryServer389Options = DirectoryServer389Options(),
    isolation: isolated (any Actor)? = #isolation,
    _ body: (DirectoryServer389Fixture) async throws -> Value
) async throws -> Value {
    let server = try await DirectoryServer389Fixture(options)
    do {
        try await server.start()
        let value = try await body(server)
        await server.kill()
        return value
    } catch {
        await server.kill()
        throw error
    }
}
