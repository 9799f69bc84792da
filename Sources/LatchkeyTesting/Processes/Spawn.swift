import CPlatform
import Foundation
import Glibc
import Synchronization

/// Starts programs with posix_spawn(3).
///
/// Foundation's `Process` of Swift 6.3 reads past the end of a directory's buffer when this process has some
/// 1,350 open descriptors, and crashes (swift-corelibs-foundation issue 5472). Tests that run beside each other
/// have that many.
enum Spawn {
    /// Starts a program that dies with this process, and calls `ended` on a thread of its own when it has ended.
    /// - Parameters:
    ///   - standard: the descriptors that become its standard input, output and error.
    ///   - ended: takes the exit status, or the signal that ended it.
    /// - Returns: its process id.
    static func start(
        _ executable: String,
        _ arguments: [String],
        standard: [Int32],
        ended: @escaping @Sendable (Int32) -> Void
    ) async throws -> pid_t {
        try await SpawnThread.shared.run {
            let words = ["/usr/bin/setpriv", "--pdeathsig", "KILL", "--", executable] + arguments
            let pid = try spawn(words, standard)
            Thread.detachNewThread { ended(wait(pid)) }
            return pid
        }
    }

    private static func spawn(_ words: [String], _ standard: [Int32]) throws -> pid_t {
        var actions = unsafe posix_spawn_file_actions_t()
        unsafe posix_spawn_file_actions_init(&actions)
        defer { unsafe posix_spawn_file_actions_destroy(&actions) }
        for (number, descriptor) in standard.enumerated() {
            unsafe posix_spawn_file_actions_adddup2(&actions, descriptor, Int32(number))
        }
        // NIO's sockets are not close-on-exec: a server of one test would keep another test's connections open.
        unsafe latchkey_close_from(&actions, Int32(standard.count))
        var pointers = unsafe words.map { unsafe strdup($0) } + [nil]
        defer { unsafe pointers.forEach { unsafe free($0) } }
        var pid: pid_t = 0
        let failure = unsafe posix_spawn(&pid, words[0], &actions, nil, &pointers, environ)
        guard failure == 0 else {
            let reason = unsafe String(cString: strerror(failure))
            throw TestError("cannot start \(words): \(reason)")
        }
        return pid
    }

    private static func wait(_ pid: pid_t) -> Int32 {
        var status: Int32 = 0
        while unsafe waitpid(pid, &status, 0) < 0, errno == EINTR {}
        // wait(2): the low seven bits are the signal, the next byte is the exit status.
        let signal = status & 0x7f
        return signal == 0 ? (status >> 8) & 0xff : signal
    }
}
