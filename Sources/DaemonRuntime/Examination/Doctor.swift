import DaemonConfiguration
import DirectoryServers
import Synchronizer

/// `latchkeyd --doctor`: finds out what is wrong, without a running daemon and without changing anything.
struct Doctor {
    let path: String
    let environment: [String: String]

    /// - Returns: the exit status: 0, 1 for a failure, 78 for a faulty configuration.
    func run() async throws -> Int32 {
        let report = ConfigurationFile.check(path: path, environment: environment)
        for fault in report.faults { complain("\(fault)") }
        guard report.faults.isEmpty else { return 78 }
        let settings = try ConfigurationFile.load(path: path)
        let linked = try DirectorySettings.linked(settings, environment: environment)
        let all = [try DirectorySettings(settings, environment: environment)] + linked
        let source = ConfigurationSource(path: path, environment: environment, level: LogLevel(settings.loggerLevel))
        let findings = await Examinations(of: { all }, SettingsInForce(settings), source).examine()
        for finding in findings { print(Self.text(finding)) }
        return findings.contains { $0.verdict == .failure } ? 1 : 0
    }

    static func text(_ finding: Finding) -> String {
        let line = "\(finding.verdict.rawValue): \(finding.check.rawValue): \(finding.subject): \(finding.text)"
        let remedy = finding.remedy.map { ["    \($0)"] } ?? []
        return ([line] + remedy + finding.pastes.map(text)).joined(separator: "\n")
    }

    private static func text(_ paste: Finding.Paste) -> String {
        let lines = ["# \(paste.place):"] + paste.text.split(separator: "\n").map(String.init)
        return lines.map { "    \($0)" }.joined(separator: "\n")
    }
}
