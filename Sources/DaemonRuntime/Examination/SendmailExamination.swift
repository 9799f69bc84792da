import Foundation
import Glibc
import Synchronizer

/// A program that gets its rights from the file's mode does not get them from the daemon: under `NoNewPrivileges=`, no
/// setuid or setgid bit counts (prctl(2)). Postfix's sendmail has none itself, but hands mail over by one that has.
struct SendmailExamination {
    /// An absolute path.
    let program: String

    private static let bits: mode_t = 0o6000
    private static let helper = "postdrop"

    func finding(_ subject: String) -> Finding {
        guard let culprit else {
            return Finding(.sendmail, subject, .fine, "\(program) needs no rights that the sandbox takes away")
        }
        return Finding(
            .sendmail,
            subject,
            .failure,
            "\(culprit) is setuid or setgid, and gets no rights from that in the daemon's sandbox (NoNewPrivileges)",
            remedy: "Hand mail to the same server by SMTP.",
            pastes: [
                Finding.Paste(
                    "the configuration, below delivery",
                    "email: { transport: smtp, server: \"127.0.0.1:25\", tls: auto, from: \"Accounts <no-reply@example.org>\" }"
                )
            ]
        )
    }

    /// The program, or what it hands over to; links are followed.
    private var culprit: String? {
        let file = URL(fileURLWithPath: program).resolvingSymlinksInPath()
        let beside = file.deletingLastPathComponent().appendingPathComponent(Self.helper)
        let isSendmail = [program, file.path].contains { $0.hasSuffix("/sendmail") }
        return ([file] + (isSendmail ? [beside] : [])).map(\.path).first(where: Self.isPrivileged)
    }

    private static func isPrivileged(_ path: String) -> Bool {
        var status = stat()
        return unsafe stat(path, &status) == 0 && status.st_mode & bits != 0
    }
}
