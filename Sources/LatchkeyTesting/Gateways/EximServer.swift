import Foundation

/// Debian's Exim on a port of its own: a mail server as sites run it. It speaks STARTTLS, takes mail only from who signs
/// in over it, and keeps the mail in its queue.
package final class EximServer: Sendable {
    package static let user = "latchkey"
    package static let password = "smtp-pass-hunter2"

    package let scratch: ScratchDirectory
    package let port: UInt16
    private let process: ChildProcess

    package init() async throws {
        let scratch = try ScratchDirectory()
        try await ServerCertificates.make(in: scratch)
        let port = try LoopbackSocket.bound().port
        // Exim reads its files as a user of its own, and refuses what others could write.
        for folder in ["spool", "log"] {
            try FileManager.default.createDirectory(atPath: scratch.path(folder), withIntermediateDirectories: false)
        }
        try await Command("/bin/chown", ["-R", "Debian-exim:", scratch.url.path]).check(in: scratch.url)
        try Self.configuration(scratch, port).write(
            toFile: scratch.path("exim.conf"),
            atomically: false,
            encoding: .utf8
        )
        process = try await ChildProcess(
            "/usr/sbin/exim4",
            ["-C", scratch.path("exim.conf"), "-bdf", "-q1h"],
            output: scratch.url.appendingPathComponent("output")
        )
        (self.scratch, self.port) = (scratch, port)
        try await eventually("Exim listens: \(scratch.text("output") ?? "")") {
            LoopbackSocket.connected(to: port) != nil
        }
    }

    deinit { process.signal(9) }

    /// Waits for a mail with this text in its head.
    /// - Returns: its head and its body, as they stand in the queue.
    package func mail(with text: String) async throws -> (head: String, body: String) {
        try await eventually("a mail with \(text) is in the queue: \(log)") {
            queued.contains { $0.head.contains(text) }
        }
        guard let found = queued.first(where: { $0.head.contains(text) }) else { throw TestError("it went") }
        return found
    }

    /// What it says of itself.
    package var log: String { (scratch.text("log/mainlog") ?? "") + (scratch.text("log/rejectlog") ?? "") }

    private var queued: [(head: String, body: String)] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: scratch.path("spool/input"))) ?? []
        return names.filter { $0.hasSuffix("-H") }.sorted().compactMap { name in
            guard let head = scratch.text("spool/input/\(name)"),
                let body = scratch.text("spool/input/\(name.dropLast(2))-D")
            else { return nil }
            // The first line names the file.
            return (head, body.split(separator: "\n").dropFirst().joined(separator: "\n"))
        }
    }

    private static func configuration(_ scratch: ScratchDirectory, _ port: UInt16) -> String {
        """
        primary_hostname = mail.example.org
        keep_environment =
        spool_directory = \(scratch.path("spool"))
        log_file_path = \(scratch.path("log"))/%slog
        pid_file_path = \(scratch.path("spool"))/pid
        local_interfaces = <; [127.0.0.1]:\(port)
        tls_advertise_hosts = *
        tls_certificate = \(scratch.path("server.crt"))
        tls_privatekey = \(scratch.path("server.key"))
        auth_advertise_hosts = ${if eq{$tls_in_cipher}{}{}{*}}
        queue_only = true
        rfc1413_hosts =
        acl_smtp_rcpt = taken
        begin acl
        taken:
          accept authenticated = *
          deny message = only for who signs in
        begin authenticators
        plain:
          driver = plaintext
          public_name = PLAIN
          server_prompts = :
          server_condition = ${if and{{eq{$auth2}{\(user)}}{eq{$auth3}{\(password)}}}}
          server_set_id = $auth2

        """
    }
}
