import Glibc

/// Whether standard error goes to the journal: then systemd has said of which file that is, and a shell between may have
/// put another one in its place (`JOURNAL_STREAM`, systemd.exec(5)).
enum JournalStream {
    static func isOpen(_ environment: [String: String], descriptor: Int32 = STDERR_FILENO) -> Bool {
        var status = stat()
        guard let said = environment["JOURNAL_STREAM"], unsafe fstat(descriptor, &status) == 0 else { return false }
        return said == "\(status.st_dev):\(status.st_ino)"
    }
}
