import Foundation

/// Any standard authenticator app: oathtool, with the seed that was typed into it.
package struct StandardApp: Sendable {
    package let secret: String

    package init(secret: String) { self.secret = secret }

    /// The code that it shows now, or will show some steps of 30 seconds later: each is taken once.
    package func code(later steps: Int = 0) async throws -> String {
        let arguments = ["--totp", "-b", "--now", "now + \(steps * 30) seconds", secret]
        let output = try await Command("/usr/bin/oathtool", arguments).check(in: FileManager.default.temporaryDirectory)
        return output.trimmingCharacters(in: .whitespacesAndNewlines)
    }
}
