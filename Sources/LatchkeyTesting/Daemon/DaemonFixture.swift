import Foundation
import LocalAPI
import LocalClient
import Synchronization

/// The real latchkeyd of this build as a child process, with sockets, state and spool in a folder of its own. It dies
/// with this process.
package final class DaemonFixture: Sendable {
    package let folder: DaemonFolder
    package let options: DaemonOptions

    private let process = Mutex<ChildProcess?>(nil)
    /// What daemons before this one wrote to standard error.
    private let earlierLog = Mutex("")

    /// The vault's key as its file has it.
    package let vaultKey: String

    /// Writes configuration and secrets. Nothing runs yet.
    package convenience init(_ slapd: SlapdFixture, _ options: DaemonOptions = DaemonOptions()) throws {
        try self.init(DaemonDirectory(slapd), options)
    }

    /// Writes configuration and secrets. Nothing runs yet.
    package init(_ directory: DaemonDirectory, _ options: DaemonOptions = DaemonOptions()) throws {
        self.options = options
        folder = try DaemonFolder()
        vaultKey = Data((0..<32).map { _ in UInt8.random(in: .min ... .max) }).base64EncodedString()
        try folder.write(directory.password, to: "bind-password")
        for linked in options.linked {
            try folder.write(linked.directory.password, to: "bind-password-\(linked.name)")
        }
        try folder.write(vaultKey, to: "vault-key")
        let text = DaemonConfigurationText(options: options, folder: folder, directory: directory).text
        try folder.write(text, to: "latchkey.yaml")
    }

    deinit { process.withLock { $0 }?.signal(SIGKILL) }

    // MARK: Reading

    package var spool: Spool { Spool(path: folder.spool) }
    package var portal: PortalClient { PortalClient(socketPath: folder.frontendSocket, spool: spool) }
    /// The process id while it runs.
    package var pid: Int32? { process.withLock { $0?.pid } }
    package var isRunning: Bool { process.withLock { $0?.isRunning } ?? false }
    /// All that the daemon has written to standard error, over all its lives.
    package var log: String {
        earlierLog.withLock { $0 } + ((try? String(contentsOfFile: folder.log, encoding: .utf8)) ?? "")
    }

    // MARK: Life

    /// Starts the daemon and returns once it has a complete copy of the directory.
    package func start() async throws {
        try await launch()
        try await answers("/ready")
    }

    /// Starts the daemon and returns at once.
    /// - Parameter program: what is run instead, with the daemon's command line as further arguments.
    package func launch(through program: [String] = []) async throws {
        let earlier = log
        earlierLog.withLock { $0 = earlier }
        let environment = options.environment.map { "\($0.key)=\($0.value)" }
        let command = program + [try BuiltPrograms.latchkeyd, "--config", folder.configuration]
        let child = try await ChildProcess(
            "/usr/bin/env",
            environment + command,
            output: URL(fileURLWithPath: folder.log)
        )
        process.withLock { $0 = child }
    }

    /// Waits until the admin socket answers a path with 200.
    package func answers(_ path: String) async throws {
        try await eventually("the daemon answers \(path)") {
            guard self.isRunning else { throw TestError("latchkeyd ended: \(self.log)") }
            return (try? await self.status(of: path)) == 200
        }
    }

    private func status(of path: String) async throws -> Int {
        let client = try await LocalConnection.connect(socketPath: folder.adminSocket)
        do {
            let status = try await client.send("GET", path).status
            await client.close()
            return status
        } catch {
            await client.close()
            throw error
        }
    }

    /// Ends it as systemd would, and waits for that.
    /// - Returns: its exit status.
    @discardableResult
    package func stop() async -> Int32? { await end(SIGTERM) }

    /// Ends it at once and waits for that.
    package func kill() async { await end(SIGKILL) }

    @discardableResult
    private func end(_ signal: Int32) async -> Int32? {
        let child = process.withLock { process in
            defer { process = nil }
            return process
        }
        child?.signal(signal)
        await child?.waitForExit()
        return child?.exitStatus
    }

    package func restart() async throws {
        await stop()
        try await start()
    }

    // MARK: The command line

    /// Runs the real latchkeyctl against this daemon.
    package func control(_ arguments: String...) async throws -> Command.Outcome { try await control(arguments) }

    package func control(_ arguments: [String]) async throws -> Command.Outcome {
        let all = ["--socket", folder.adminSocket] + arguments
        return try await Command(try BuiltPrograms.latchkeyctl, all).run(in: folder.url)
    }

    /// The document that latchkeyctl prints with `--json`.
    package func document<Document: Decodable>(_ type: Document.Type, _ arguments: String...) async throws -> Document {
        let outcome = try await control(["--json"] + arguments)
        guard outcome.status == 0 else {
            throw TestError("latchkeyctl \(arguments) ended with \(outcome.status): \(outcome.errors)\(outcome.output)")
        }
        return try APIJSON.decode(type, from: Data(outcome.output.utf8))
    }

    /// Runs another latchkeyd with this configuration to its end. One that does not end by itself has the
    /// status 124 (timeout(1)).
    /// - Parameter arguments: beside `--config`.
    package func runOnce(_ arguments: String...) async throws -> Command.Outcome {
        let all = ["-k", "1", "30", try BuiltPrograms.latchkeyd, "--config", folder.configuration] + arguments
        return try await Command("/usr/bin/timeout", all).run(in: folder.url)
    }
}

/// Runs the body with a daemon that is ready, and takes it away afterwards.
package func withDaemon<Value>(
    _ slapd: SlapdFixture,
    _ options: DaemonOptions = DaemonOptions(),
    isolation: isolated (any Actor)? = #isolation,
    _ body: (DaemonFixture) async throws -> Value
) async throws -> Value {
    let daemon = try DaemonFixture(slapd, options)
    do {
        try await daemon.start()
        let value = try await body(daemon)
        await daemon.stop()
        return value
    } catch {
        await daemon.kill()
        throw error
    }
}
