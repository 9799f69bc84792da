import Foundation

/// `smtp_server.py` on a port of its own, with a CA of its own where it speaks TLS.
package final class MailServer: Sendable {
    package let scratch: ScratchDirectory
    private let process: ChildProcess
    package let port: Int

    /// - Parameters:
    ///   - tls: whether it offers STARTTLS, or with `--implicit` speaks TLS from the start.
    ///   - options: further options of the script.
    package init(tls: Bool = false, _ options: String...) async throws {
        let scratch = try ScratchDirectory()
        if tls { try await ServerCertificates.make(in: scratch) }
        let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent(
            "smtp_server.py"
        )
        let certificates = tls ? ["--tls", scratch.path("server.crt"), scratch.path("server.key")] : []
        process = try await ChildProcess(
            "/usr/bin/python3",
            [script.path, scratch.url.path] + certificates + options,
            output: scratch.url.appendingPathComponent("log")
        )
        try await eventually("the mail server listens: \(scratch.text("log") ?? "")") { scratch.text("port") != nil }
        guard let port = scratch.text("port").flatMap({ Int($0) }) else { throw TestError("no port") }
        (self.scratch, self.port) = (scratch, port)
    }

    deinit { process.signal(9) }

    /// - Returns: the envelope, the headers (folded lines joined) and the body of a mail, or nil before it came.
    package func mail(_ number: Int = 1) -> (envelope: String, headers: [String: String], body: String)? {
        guard let text = scratch.text("mail-\(number)")?.replacingOccurrences(of: "\r\n", with: "\n"),
            let newline = text.firstIndex(of: "\n"), let end = text.range(of: "\n\n")
        else { return nil }
        let head = text[text.index(after: newline)..<end.lowerBound].replacingOccurrences(of: "\n ", with: " ")
        let headers = head.split(separator: "\n").map { $0.split(separator: ":", maxSplits: 1).map(String.init) }
        return (
            String(text[..<newline]),
            Dictionary(headers.map { ($0[0], $0.last?.trimmingCharacters(in: .whitespaces) ?? "") }) { "\($0)|\($1)" },
            String(text[end.upperBound...])
        )
    }

    /// Waits for a mail, and decodes its body.
    package func body(of number: Int = 1) async throws -> String {
        try await eventually("mail \(number) comes") { mail(number) != nil }
        guard let data = mail(number).flatMap({ Data(base64Encoded: $0.body, options: .ignoreUnknownCharacters) })
        else { throw TestError("mail \(number) has no body in base64") }
        return String(decoding: data, as: UTF8.self)
    }

    /// What came before TLS.
    package var clear: String { scratch.text("clear") ?? "" }
}
