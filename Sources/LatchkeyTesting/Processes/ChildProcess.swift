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
        let handle = try FileHandle(forWritingTo: output)
        let nothing = try FileHandle(forReadingFrom: URL(fileURLWithPath: "/dev/null"))
        pid = try await Spawn.start(
            executable,
            arguments,
            standard: [nothing.fileDescriptor, handle.fileDescriptor, handle.fileDescriptor]
        ) { [ended] status in
            ended.status.withLock { $0 = status }
            continuation.finish()
        }
        try handle.close()
        try nothing.close()
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
