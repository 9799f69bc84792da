package import Foundation

/// A child process that dies with this one, however this one ends.
package final class ChildProcess: Sendable {
    package let pid: Int32
    private let exits: AsyncStream<Void>

    /// - Parameter output: where standard output and standard error go.
    package init(_ executable: String, _ arguments: [String], output: URL) async throws {
        let (stream, continuation) = AsyncStream.makeStream(of: Void.self)
        try Data().write(to: output)
        pid = try await SpawnThread.shared.run {
            let handle = try FileHandle(forWritingTo: output)
            defer { try? handle.close() }
            let process = Process()
            process.executableURL = URL(fileURLWithPath: "/usr/bin/setpriv")
            process.arguments = ["--pdeathsig", "KILL", "--", executable] + arguments
            process.standardInput = FileHandle.nullDevice
            process.standardOutput = handle
            process.standardError = handle
            process.terminationHandler = { _ in continuation.finish() }
            try process.run()
            return process.processIdentifier
        }
        exits = stream
    }

    package func signal(_ number: Int32) { kill(pid, number) }

    /// Returns when the process has ended, also if it has already.
    package func waitForExit() async {
        for await _ in exits {}
    }

    /// Whether every thread is stopped by a signal (proc(5), `stat`: state T).
    package var isStopped: Bool {
        let tasks = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/\(pid)/task")) ?? []
        return tasks.allSatisfy { task in
            let stat = (try? String(contentsOfFile: "/proc/\(pid)/task/\(task)/stat", encoding: .utf8)) ?? ""
            return stat.split(separator: ")").last?.hasPrefix(" T") ?? false
        }
    }

    package var isRunning: Bool { kill(pid, 0) == 0 }
}
