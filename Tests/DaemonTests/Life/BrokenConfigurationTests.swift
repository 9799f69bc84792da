import Foundation
import LatchkeyTesting
import Testing

/// `Broken` holds configurations as people get them wrong, each with the one message that it is to get.
@Suite("Configurations that are wrong")
struct BrokenConfigurationTests {
    private static let mark = "# expected: "

    static let files: [URL] = {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Broken")
        let files = try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
        return (files ?? []).sorted { $0.path < $1.path }
    }()

    @Test("there are two dozen of them, and more")
    func enough() { #expect(Self.files.count >= 24) }

    @Test("latchkeyd --check names file, line and key, and what to do", arguments: files)
    func check(file: URL) async throws {
        let text = try String(contentsOf: file, encoding: .utf8)
        let last = try #require(text.split(separator: "\n").last { $0.hasPrefix(Self.mark) })
        let folder = FileManager.default.temporaryDirectory.appending(path: "latchkey-broken-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let outcome = try await Command(try BuiltPrograms.latchkeyd, ["--check", "--config", file.path]).run(in: folder)
        #expect(outcome.status == 78)
        let faults = outcome.errors.split(separator: "\n").filter {
            !$0.hasPrefix("warning: ") && !$0.hasPrefix("not checked: ")
        }
        #expect(faults.map(String.init) == ["\(file.lastPathComponent):\(last.dropFirst(Self.mark.count))"])
    }
}
