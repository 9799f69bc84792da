import CPlatform
import Glibc

/// What the process gives up before it touches a secret.
enum ProcessHardening {
    /// No core dumps, no ptrace by others of the same user (prctl(2), PR_SET_DUMPABLE), no files for others.
    static func apply() {
        umask(0o077)
        var none = rlimit(rlim_cur: 0, rlim_max: 0)
        _ = unsafe setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &none)
        _ = latchkey_refuse_dumps()
        signal(SIGPIPE, SIG_IGN)
    }
}
