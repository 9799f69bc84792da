import Foundation

/// A folder of a test's own, with a path short enough for sockets.
struct TestFolder: Sendable {
    private let url: URL

    init() throws {
        let name = "lk-" + UUID().uuidString.prefix(8)
        url = URL(filePath: "/tmp").appending(path: name)
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: false)
    }

    func path(_ name: String) -> String { url.appending(path: name).path }

    func remove() { try? FileManager.default.removeItem(at: url) }
}
