import Foundation
import Identity
import Synchronizer

/// How far the clocks are apart. Ends of locks and accounts, minimum ages and Kerberos go by them.
struct ClockExamination {
    let server: ExaminedServer

    /// Seconds. Servers tell whole ones, and an answer takes its time.
    private static let tolerance: TimeInterval = 5
    /// Seconds that Kerberos allows (RFC 4120, 1.6).
    private static let limit: TimeInterval = 300

    func finding(_ time: Date) -> Finding {
        let skew = time.timeIntervalSince(server.clock.now)
        guard abs(skew) > Self.tolerance else {
            return server.finding(.clock, .fine, "the server's clock and this host's agree")
        }
        let seconds = Int(abs(skew).rounded())
        return server.finding(
            .clock,
            abs(skew) > Self.limit ? .failure : .warning,
            "the server's clock is \(seconds) s \(skew > 0 ? "ahead of" : "behind") this host's",
            remedy: "Have both set by NTP: timedatectl set-ntp true"
        )
    }

    func unknown(_ pastes: [Finding.Paste]) -> Finding {
        server.finding(
            .clock,
            .warning,
            "the server does not tell this account the time: whether the clocks agree is not known",
            remedy: "Have both set by NTP, or let the service account read the server's clock.",
            pastes
        )
    }
}
