import DaemonConfiguration
import DirectoryServers
import Synchronizer

/// `latchkeyd --doctor`: finds out what is wrong, without a running daemon and without changing anything.
struct Doctor {
    let path: String
    let environment: [String: String]

    /// - Returns: the exit status: 0, 1 for a failure, 78 for a faulty configuration.
    func run() async throws -> Int32 {
        let status = try ConfigurationCheck(path: path, environment: environment).run()
        guard status == 0 else { return status }
        let settings = try ConfigurationFile.load(path: path)
        let linked = try DirectorySettings.linked(settings, environment: environment)
        let all = [try DirectorySettings(settings, environment: environment)] + linked
        let findings = await DirectoryExaminers(all).examine()
        for finding in findings { print(Self.text(finding)) }
        return findings.contains { $0.verdict == .failure } ? 1 : 0
    }

    static func text(_ finding: Finding) -> String {
        let line = "\(finding.verdict.rawValue): \(finding.subject): \(finding.text)"
        return finding.remedy.map { "\(line)\n    \($0)" } ?? line
    }
}
