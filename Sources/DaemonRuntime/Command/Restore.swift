import DaemonConfiguration
import Foundation
import Vault

/// `latchkeyd --restore FILE`: puts a backup in the place of the vault, while no daemon works with it.
struct Restore {
    let file: String
    let settings: Settings
    let environment: [String: String]

    /// - Throws: ``StartError``; the vault is then as it was.
    func run() throws(StartError) {
        let keys = try Stores.vaultKeys(settings, environment: environment)
        try Stores.prepare(settings.state)
        let lock = try StateLock(settings.state)
        defer { withExtendedLifetime(lock) {} }
        do {
            let vault = settings.state + "/vault.sqlite"
            let report = try VaultRestore(file: file, vault: vault, keys: keys).run()
            for line in Self.lines(report) { print(line) }
        } catch {
            throw .configuration("\(error)")
        }
    }

    static func lines(_ report: RestoreReport) -> [String] {
        var lines = ["restored the backup of \(report.backupTime.formatted(.iso8601)): \(report.people) registrations"]
        if let problem = report.problem {
            lines.append(
                "the vault that was there could not be read (\(problem)): wrong answers, deliveries and freezes since "
                    + "the backup are not known"
            )
        }
        if report.erasedAgain > 0 || report.revokedAgain > 0 {
            lines.append(
                "erased since then and erased again: \(report.erasedAgain) people, \(report.revokedAgain) methods"
            )
        }
        lines.append("sessions, codes and undelivered messages are void; everybody signs in anew")
        if let aside = report.aside {
            lines.append("the vault that was there is kept as \(aside); delete it when sure")
        }
        return lines
    }
}
