package import Foundation

/// What stands in the writable memory of another process. Needs root, or a process that may be traced.
package enum ProcessMemory {
    /// How often each text stands there, in UTF-8.
    /// - Parameter folder: where the search may write. The texts reach it on standard input, and stand nowhere else.
    package static func counts(of texts: [String], in pid: Int32, folder: URL) async throws -> [Int] {
        let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent(
            "process_memory.py"
        )
        let output = try await Command("/usr/bin/python3", [script.path, "\(pid)"])
            .check(input: texts.joined(separator: "\n") + "\n", in: folder)
        return output.split(separator: "\n").compactMap { Int($0) }
    }
}
