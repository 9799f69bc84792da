import Foundation
import SelfService

/// Looks at the secrets that the settings name, as far as this process can.
package struct SecretChecks {
    /// A vault key, in bytes.
    private static let keyLength = 32

    let file: String
    let environment: [String: String]

    package init(file: String, environment: [String: String]) {
        self.file = file
        self.environment = environment
    }

    package func run(_ settings: Settings, _ report: inout CheckReport) {
        examine(settings.directory.bind, "directory.bind.password", &report)
        for (index, linked) in settings.linked.enumerated() {
            examine(linked.directory.bind, "alsoWrite[\(index)].directory.bind.password", &report)
        }
        for (channel, transport) in settings.delivery.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            examine(transport, "delivery.\(channel.rawValue)", &report)
        }
        for reference in settings.vaultKeys { examineKey(reference, &report) }
    }

    private func examine(_ bind: Settings.Bind, _ path: String, _ report: inout CheckReport) {
        switch bind {
        case .simple(_, let password), .scramSHA256(_, let password): _ = examine(password, path, &report)
        case .external, .gssapi: break
        }
    }

    private func examine(_ transport: Settings.Transport, _ path: String, _ report: inout CheckReport) {
        switch transport {
        case .smtp(let mail): if let password = mail.password { _ = examine(password, "\(path).password", &report) }
        case .http(let gateway): if let token = gateway.token { _ = examine(token, "\(path).token", &report) }
        case .command(let program):
            if let reason = program.obstacle {
                report.faults.append(Fault(file: file, path: "\(path).command", text: reason))
            }
        case .spool: break
        }
    }

    private func examineKey(_ reference: SecretReference, _ report: inout CheckReport) {
        guard let key = examine(reference, "vault.key", &report) else { return }
        if Data(base64Encoded: Data(key))?.count != Self.keyLength {
            let hint = "is not base64 of \(Self.keyLength) bytes; make one with: openssl rand -base64 32"
            report.faults.append(Fault(file: file, path: "vault.key", text: hint))
        }
    }

    private func examine(_ secret: SecretReference, _ path: String, _ report: inout CheckReport) -> [UInt8]? {
        do throws(SecretError) {
            return try secret.resolve(environment: environment)
        } catch  where error.code == .noCredentials {
            report.notChecked.append(Fault(file: file, path: path, text: "not checked: \(error.reason)"))
        } catch {
            report.faults.append(Fault(file: file, path: path, text: error.reason))
        }
        return nil
    }
}

extension Settings.Program {
    /// Why it cannot run, as far as can be seen from here; nil where it looks well.
    fileprivate var obstacle: String? {
        let path = command.first ?? ""
        var isDirectory: ObjCBool = false
        guard unsafe FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) else {
            return "\(path) does not exist"
        }
        guard !isDirectory.boolValue, FileManager.default.isExecutableFile(atPath: path) else {
            return "\(path) is no file that can be executed"
        }
        return nil
    }
}
