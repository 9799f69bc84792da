package import ArgumentParser
import DaemonConfiguration
import Foundation
import LDAPClient
import Logging

/// `latchkeyd`.
package struct DaemonCommand: AsyncParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "latchkeyd",
        abstract: "Mirrors a directory, keeps what people register, and writes resets and unlocks back.",
        discussion: """
            Runs in the foreground and logs to standard error. Stops at SIGTERM and SIGINT.

            EXAMPLES:
              latchkeyd --config /etc/latchkey/latchkey.yaml
              latchkeyd --check --config latchkey.yaml     # exit status 0, or 78 with each fault on a line
              latchkeyd --doctor --config latchkey.yaml    # looks at servers, rights, keys, gateways; changes nothing
              latchkeyd --key-id /media/safe/vault-key     # the id of a copy of the vault's key, for vault.escrow
              latchkeyd --restore /var/backups/vault-….sqlite --config latchkey.yaml   # while no daemon runs

            EXIT STATUS: 0 stopped, 1 failed, 2 usage, 78 configuration.
            """,
        version: Daemon.version
    )

    @Option(name: .long, help: ArgumentHelp("The configuration file.", valueName: "file"))
    package var config = "/etc/latchkey/latchkey.yaml"

    @Flag(name: .long, help: "Only check the configuration.")
    package var check = false

    @Flag(name: .long, help: "Only find out what is wrong: with the configuration, directory servers, and this host.")
    package var doctor = false

    @Option(
        name: .customLong("key-id"),
        help: ArgumentHelp("Only read a copy of the vault's key back, and say its id.", valueName: "file")
    )
    package var keyCopy: String?

    @Option(
        name: .long,
        help: ArgumentHelp(
            "Put a backup that `latchkeyctl vault backup` made in the place of the vault, and end.",
            valueName: "file"
        )
    )
    package var restore: String?

    package init() {}

    package func validate() throws {
        if check, doctor { throw ValidationError("--doctor checks the configuration too; leave --check out.") }
        if restore != nil, check || doctor { throw ValidationError("--restore does one thing; leave the others out.") }
        if keyCopy != nil, check || doctor || restore != nil {
            throw ValidationError("--key-id does one thing; leave the others out.")
        }
    }

    package func run() async throws {
        ProcessHardening.apply()
        let environment = ProcessInfo.processInfo.environment
        if check { throw ExitCode(try ConfigurationCheck(path: config, environment: environment).run()) }
        do {
            if doctor { throw ExitCode(try await Doctor(path: config, environment: environment).run()) }
            if let keyCopy { return print(try KeyCopy(file: keyCopy).id()) }
            if let restore {
                return try Restore(file: restore, settings: load(), environment: environment).run()
            }
            LDAPLibrary.warmUp()
            let passed = try ListenDescriptors.take(environment: environment)
            let settings = try load()
            let level = LogLevel(settings.loggerLevel)
            let log = JournalLog(level: level, environment: environment)
            let logger = Logger(label: "latchkeyd") { _ in log }
            let daemon = try Daemon(
                settings: settings,
                from: ConfigurationSource(path: config, environment: environment, level: level),
                logger: logger
            )
            try await daemon.run(passed: passed, processEnvironment: environment)
        } catch let error as StartError {
            complain(error.description)
            throw ExitCode(error.exitCode)
        }
    }

    private func load() throws -> Settings {
        do {
            return try ConfigurationFile.load(path: config)
        } catch {
            throw StartError.configuration("\(error)")
        }
    }
}

/// `latchkeyd --check`.
struct ConfigurationCheck {
    let path: String
    let environment: [String: String]

    func run() throws -> Int32 {
        let report = ConfigurationFile.check(path: path, environment: environment)
        for fault in report.faults { complain("\(fault)") }
        for warning in report.warnings { complain("warning: \(warning)") }
        for item in report.notChecked { complain("not checked: \(item)") }
        guard report.faults.isEmpty else { return 78 }
        print("\(path): no faults")
        return 0
    }
}

/// A line on standard error.
func complain(_ text: String) {
    FileHandle.standardError.write(Data("\(text)\n".utf8))
}
