import Foundation
import Glibc
import SelfService

/// The directory of a spool. Several transports and processes may write into one.
struct SpoolDirectory: Sendable {
    let path: String

    /// Holds the last number given out, so that no number comes back after its file was removed. Whoever gives
    /// out a number holds its lock.
    private static let counterName = ".last-number"
    /// How often a number may be taken by a file that the counter does not know of.
    private static let attemptsMax = 1000

    /// Writes a file and gives it the next number.
    func add(_ content: Data) throws(TransportError) {
        if unsafe mkdir(path, 0o700) != 0, errno != EEXIST { throw error("make the directory") }
        let aside = "\(path)/.new-\(UUID().uuidString)"
        defer { unsafe unlink(aside) }
        try write(content, to: aside)
        try publish(aside)
        try sync()
    }

    private func write(_ content: Data, to name: String) throws(TransportError) {
        let file = unsafe SpoolFile(descriptor: open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600))
        guard file.isOpen, file.write(content), fsync(file.descriptor) == 0 else { throw error("write a file") }
    }

    /// Gives a finished file its number. link(2) never replaces: two writers cannot take one number.
    private func publish(_ aside: String) throws(TransportError) {
        let counter = unsafe SpoolFile(
            descriptor: open("\(path)/\(Self.counterName)", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        )
        // The lock belongs to the open file and goes with it, also when the process is killed.
        guard counter.isOpen, flock(counter.descriptor, LOCK_EX) == 0 else { throw error("lock the counter") }
        var number = counter.number
        for _ in 0..<Self.attemptsMax {
            number += 1
            // Before the file shows: a crash between the two leaves a gap, never a number that comes twice.
            guard counter.store(number) else { throw error("write the counter") }
            if unsafe link(aside, "\(path)/\(Self.name(number))") == 0 { return }
            guard errno == EEXIST else { throw error("name a file") }
            number = max(number, highest)
        }
        throw error("find a free number")
    }

    static func name(_ number: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, 6 - digits.count)) + digits + ".json"
    }

    /// The highest number among the files, for a directory whose counter was lost.
    private var highest: Int {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
        return names.compactMap { $0.hasSuffix(".json") ? Int($0.dropLast(5)) : nil }.max() ?? 0
    }

    /// A name is durable only once its directory is.
    private func sync() throws(TransportError) {
        let directory = unsafe SpoolFile(descriptor: open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC))
        guard directory.isOpen, fsync(directory.descriptor) == 0 else { throw error("sync the directory") }
    }

    private func error(_ action: String) -> TransportError {
        let cause = unsafe String(cString: strerror(errno))
        return TransportError(isTemporary: true, detail: "the spool \(path) could not \(action): \(cause)")
    }
}
