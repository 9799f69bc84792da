import DaemonConfiguration
import Synchronizer

/// The files with secrets: there, of this user alone, and of the form that is wanted.
struct SecretsExamination {
    let settings: Settings
    let environment: [String: String]

    private static let others = " is open to group or others"

    func findings() -> [Finding] {
        var report = CheckReport()
        SecretChecks(file: "", environment: environment).run(settings, &report)
        let faults = report.faults.map(finding)
        let missing = report.notChecked.map { fault in
            Finding(
                .secrets,
                fault.path,
                .warning,
                fault.text,
                remedy: "Run it where the daemon runs: latchkeyctl doctor; or set CREDENTIALS_DIRECTORY."
            )
        }
        let all = faults + missing
        return all.isEmpty ? [Finding(.secrets, "secrets", .fine, "each can be read, and by nobody else")] : all
    }

    private func finding(_ fault: Fault) -> Finding {
        let path = fault.text.firstRange(of: Self.others).map { String(fault.text[..<$0.lowerBound]) }
        return Finding(
            .secrets,
            fault.path,
            .failure,
            fault.text,
            remedy: path == nil ? nil : "Whoever could read it may have: change the secret as well.",
            pastes: path.map { [Finding.Paste("as its owner", "chmod 600 \(Self.quoted($0))")] } ?? []
        )
    }

    /// For a shell.
    static func quoted(_ path: String) -> String {
        "'" + path.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
    }
}
