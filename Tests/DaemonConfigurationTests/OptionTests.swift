import DaemonConfiguration
import Foundation
import Testing

/// `etc/latchkey.yaml` is what the manual page latchkey.yaml(5) is made of, so that both have what is here.
@Suite("The options of the configuration")
struct OptionTests {
    /// The sections that each file reads; none: the top level.
    private static let sections = [
        "AlsoWriteSection": ["alsoWrite"], "BindSection": ["directory"], "DeliverySection": ["delivery"],
        "DirectorySection": ["directory"],
        "GatewaySection": ["delivery"], "HostSections": ["sockets", "vault", "log", "audit"],
        "LimitsSection": ["limits"],
        "MailTransportSection": ["delivery"], "PeersSections": ["frontends", "administrators"],
        "PeopleSections": ["users", "roles", "protected"], "PolicySection": ["policies"],
        "RegistrationRules": ["policies"], "RulesSections": ["passwordRules", "sessions", "links", "sync"],
        "SettingsReader": [],
    ]

    @Test("each stands in etc/latchkey.yaml, in its section")
    func complete() throws {
        let folder = Sample.repository.appending(path: "Sources/DaemonConfiguration/Sections")
        let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
        let text = try Self.everyOption()
        var found = 0
        for file in files.sorted(by: { $0.path < $1.path }) {
            let name = file.deletingPathExtension().lastPathComponent
            let words = Self.keys(in: try String(contentsOf: file, encoding: .utf8))
            guard !words.isEmpty else { continue }
            let sections = try #require(Self.sections[name], "which section does \(name) read?")
            let part = sections.isEmpty ? text : sections.map { Self.section($0, of: text) }.joined()
            for word in words { #expect(Self.names(word, in: part), "\(name): \(word) is not in etc/latchkey.yaml") }
            found += words.count
        }
        #expect(found > 80)
    }

    @Test("each that etc/latchkey.yaml has is known, also where it is commented out")
    func known() throws {
        let report = ConfigurationFile.check(
            text: try Self.everyOption(),
            name: "latchkey.yaml",
            environment: [:],
            names: FakeNames()
        )
        let unknown = report.faults.map(\.description).filter { fault in
            ["unknown key", "duplicate key", "not in this version", "YAML"].contains { fault.contains($0) }
        }
        #expect(unknown == [])
    }

    /// The file with what is commented out switched on; words about an option begin with no key.
    private static func everyOption() throws -> String {
        let path = Sample.repository.appending(path: "etc/latchkey.yaml")
        let option = #/^(\s*)# (\s*(?:- \{ |- [a-z]+: |"?[a-z+][A-Za-z0-9+]*"?: |[a-z][A-Za-z]*:$).*)$/#
        return try String(contentsOf: path, encoding: .utf8).split(separator: "\n").map { line in
            line.wholeMatch(of: option).map { $0.output.1 + $0.output.2 } ?? line
        }.joined(separator: "\n")
    }

    /// The words of each list of keys that a source has: `fields(["a", "b"])`, `keys = ["a", "b"]`.
    private static func keys(in source: String) -> [String] {
        source.matches(of: #/(?:fields\(|[kK]eys = )\[([^\]]*)\]/#).flatMap { list in
            list.output.1.matches(of: #/"([A-Za-z]+)"/#).map { String($0.output.1) }
        }
    }

    private static func section(_ name: String, of text: String) -> String {
        let lines = text.split(separator: "\n").drop { !$0.hasPrefix("\(name):") }
        return lines.prefix(1).joined() + "\n"
            + lines.dropFirst().prefix { $0.hasPrefix(" ") || $0.hasPrefix("#") }.joined(separator: "\n")
    }

    private static func names(_ key: String, in text: String) -> Bool {
        guard let pattern = try? Regex("(^|[^A-Za-z])\(key):([ \\n]|$)") else { return false }
        return text.contains(pattern)
    }
}
