package import Foundation

/// A file of `etc/policies`, and its parts for a test's own daemon.
package struct ExampleService: Sendable {
    package let text: String

    /// - Parameter file: inside the repository, such as `etc/policies/p1-university.yaml`.
    package init(_ file: String, in repository: URL = Self.repository) throws {
        text = try String(contentsOf: repository.appending(path: file), encoding: .utf8)
    }

    /// The list below `policies:`, for ``DaemonOptions/policies``.
    package var policies: String { body(of: "policies") }

    /// What stands below a key of the top level, without the key.
    package func body(of section: String) -> String {
        lines(of: section).dropFirst().joined(separator: "\n")
    }

    /// A section with its key, up to the next key of the top level or the comment that belongs to that.
    private func lines(of section: String) -> [Substring] {
        let all = text.split(separator: "\n", omittingEmptySubsequences: false)
        guard let start = all.firstIndex(where: { $0.hasPrefix("\(section):") }) else { return [] }
        let rest = all[(start + 1)...].prefix { $0.first == " " }
        return [all[start]] + rest
    }

    package static let repository = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()
}
