import Foundation
import Yams

/// The daemon's configuration file.
package enum ConfigurationFile {
    /// In bytes.
    package static let sizeMax = 256 * 1024

    /// Reads and checks the file. Blocks on it, on the blocklists it names, and on the name service.
    ///
    /// - Throws: every fault in it.
    package static func load(
        path: String,
        names: any NameService = SystemNameService()
    ) throws(ConfigurationError) -> Settings {
        try parse(text: try read(path), name: displayName(path), names: names)
    }

    /// - Throws: every fault in the text.
    package static func parse(
        text: String,
        name: String,
        names: any NameService = SystemNameService()
    ) throws(ConfigurationError) -> Settings {
        let (settings, findings) = outcome(text: text, name: name, names: names)
        guard let settings else { throw ConfigurationError(faults: findings.sortedFaults) }
        return settings
    }

    /// For `latchkeyd --check`: faults, warnings, and what cannot be told here. Also looks at the secrets.
    package static func check(
        path: String,
        environment: [String: String],
        names: any NameService = SystemNameService()
    ) -> CheckReport {
        do throws(ConfigurationError) {
            return check(text: try read(path), name: displayName(path), environment: environment, names: names)
        } catch {
            return CheckReport(faults: error.faults)
        }
    }

    package static func check(
        text: String,
        name: String,
        environment: [String: String],
        names: any NameService = SystemNameService()
    ) -> CheckReport {
        let (settings, findings) = outcome(text: text, name: name, names: names)
        var report = CheckReport(faults: findings.sortedFaults, warnings: findings.sortedWarnings)
        if let settings { SecretChecks(file: name, environment: environment).run(settings, &report) }
        return report
    }

    /// Settings only where there is no fault.
    private static func outcome(
        text: String,
        name: String,
        names: any NameService
    ) -> (settings: Settings?, findings: Findings) {
        let findings = Findings(file: name)
        guard text.utf8.count <= sizeMax else {
            findings.fault("", at: nil, "is larger than \(sizeMax) bytes; that is no configuration")
            return (nil, findings)
        }
        let document = Document(text, findings: findings)
        guard let node = document.root else { return (nil, findings) }
        let root = Value(node: node, path: "", document: document, findings: findings)
        let settings = SettingsReader(root, names: names)?.read()
        guard settings != nil || !findings.sortedFaults.isEmpty else {
            findings.fault("", at: nil, "cannot be read; please report this")
            return (nil, findings)
        }
        return (findings.sortedFaults.isEmpty ? settings : nil, findings)
    }

    private static func read(_ path: String) throws(ConfigurationError) -> String {
        do throws(SecretError) {
            let bytes = try BoundedFile.read(path, maximum: sizeMax)
            if let text = String(validating: bytes, as: UTF8.self) { return text }
            throw SecretError(.invalidContent, "is not UTF-8")
        } catch {
            throw ConfigurationError(faults: [Fault(file: displayName(path), text: error.reason)])
        }
    }

    private static func displayName(_ path: String) -> String {
        path.split(separator: "/").last.map(String.init) ?? path
    }
}
