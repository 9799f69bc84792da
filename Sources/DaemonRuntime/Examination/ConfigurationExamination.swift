import DaemonConfiguration
import Synchronizer

/// The configuration's file as it is now, which a daemon may have yet to read: what `--check` says of it.
struct ConfigurationExamination {
    let path: String
    let environment: [String: String]

    func findings() -> [Finding] {
        let report = ConfigurationFile.check(path: path, environment: environment)
        let faults = report.faults.map { finding($0, .failure, "The daemon would refuse it.") }
        let warnings = report.warnings.map { finding($0, .warning, nil) }
        guard !(faults + warnings).isEmpty else {
            return [Finding(.configuration, path, .fine, "no faults, and nothing that departs from NIST or ASVS")]
        }
        return faults + warnings
    }

    private func finding(_ fault: Fault, _ verdict: Finding.Verdict, _ remedy: String?) -> Finding {
        // The place in the file; its name is the subject.
        let text = String(fault.description.dropFirst(fault.file.count + 1)).trimmingPrefix(" ")
        return Finding(.configuration, path, verdict, String(text), remedy: remedy)
    }
}
