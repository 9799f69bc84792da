package import Foundation

/// Where a private daemon has its files. The path is short: a socket's has at most 107 bytes.
package final class DaemonFolder: Sendable {
    package let url: URL

    package init() throws {
        let name = "lk-\(String(UInt64.random(in: .min ... .max), radix: 36))"
        url = FileManager.default.temporaryDirectory.appendingPathComponent(name)
        try FileManager.default.createDirectory(
            at: url,
            withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o755]
        )
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    package func path(_ name: String) -> String { url.appendingPathComponent(name).path }

    package var configuration: String { path("latchkey.yaml") }
    package var frontendSocket: String { path("frontend.sock") }
    package var adminSocket: String { path("admin.sock") }
    package var state: String { path("state") }
    package var spool: String { path("spool") }
    package var vaultKey: String { path("vault-key") }
    package var bindPassword: String { path("bind-password") }
    package func bindPassword(of linked: String) -> String { path("bind-password-\(linked)") }
    package var log: String { path("log") }

    /// Writes a file that only its owner can read.
    package func write(_ text: String, to name: String) throws {
        let file = url.appendingPathComponent(name)
        try Data(text.utf8).write(to: file)
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file.path)
    }

    /// The content of every file of the state folder, by name.
    package func stateFiles() throws -> [String: Data] {
        let names = try FileManager.default.contentsOfDirectory(atPath: state)
        let folder = URL(fileURLWithPath: state)
        return Dictionary(
            uniqueKeysWithValues: try names.map { ($0, try Data(contentsOf: folder.appendingPathComponent($0))) }
        )
    }
}
