import Glibc

/// The claim to a state folder, held as long as this process lives: two daemons on one vault would both deliver
/// its messages and both resolve its writes. flock(2) on the folder itself, so that a dead process holds nothing
/// and nothing is left behind.
final class StateLock: Sendable {
    private let descriptor: Int32

    /// - Throws: ``StartError`` when another process holds the folder.
    init(_ path: String) throws(StartError) {
        descriptor = unsafe open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .configuration("state: \(path) cannot be opened; make it this user's own") }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK else {
            close(descriptor)
            throw .failure("state: another latchkeyd works with \(path); stop it, or give each a folder of its own")
        }
    }

    deinit { close(descriptor) }
}
