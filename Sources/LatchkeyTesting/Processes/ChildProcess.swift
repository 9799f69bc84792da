package import Foundation
import Synchronization

/// A child process that dies with this one, however this one ends.
package final class ChildProcess: Sendable {
    package let pid: Int32
    private let exits: AsyncStream<Void>
    private let ended = Ended()

    /// Set by the thread that sees the process end.
    private final class Ended: Sendable {
        let status = Mutex<Int32?>(nil)
    }

    /// - Parameter output: where standard output and standard error go.
    package init(_ executable: String, _ arguments: [String], output: URL) async throws {
        let (stream, continuation) = AsyncStream.makeStream(of: Void.self)
        try Data().write(to: output)
        pid = try await SpawnThread.shared.run { [ended] in
            let handle = try FileHandle(forWritingTo: output)
            defer { try? handle.close() }
            let process = Process()
            process.executableURL = URL(fileURLWithPath: "/usr/bin/setpriv")
            process.arguments = ["--pdeathsig", "KILL", "--", executable] + arguments
            process.standardInput = FileHandle.nullDevice
            process.standardOutput = handle
            process.standardError = handle
            process.terminationHandler = { process in
                ended.status.withLock { $0 = process.terminationStatus }
                continuation.finish()
            }
            try process.run()
            return process.processIdentifier
        }
        exits = stream
    }

    /// Its exit status, or the signal that ended it; nil while it runs.
    package var exitStatus: Int32? { ended.status.withLock { $0 } }

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
