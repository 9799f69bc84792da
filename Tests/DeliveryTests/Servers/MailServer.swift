import Delivery
import Foundation
import LatchkeyTesting
import SelfService

/// `smtp_server.py` on a port of its own, with a CA of its own where it speaks TLS.
final class MailServer: Sendable {
    let scratch: ScratchDirectory
    private let process: ChildProcess
    let port: Int

    /// - Parameters:
    ///   - tls: whether it offers STARTTLS, or with `--implicit` speaks TLS from the start.
    ///   - options: further options of the script.
    init(tls: Bool = false, _ options: String...) async throws {
        let scratch = try ScratchDirectory()
        if tls { try await Self.makeCertificates(scratch) }
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
    func mail(_ number: Int = 1) -> (envelope: String, headers: [String: String], body: String)? {
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

    /// What came before TLS.
    var clear: String { scratch.text("clear") ?? "" }

    private static func makeCertificates(_ scratch: ScratchDirectory) async throws {
        let key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]
        func openssl(_ arguments: [String]) async throws {
            try await Command("/usr/bin/openssl", arguments).check(in: scratch.url)
        }
        for name in ["ca", "other"] {
            try await openssl(
                ["req", "-x509"] + key + [
                    "-days", "3650", "-subj", "/CN=\(name)", "-addext", "basicConstraints=critical,CA:TRUE",
                    "-keyout", scratch.path("\(name).key"), "-out", scratch.path("\(name).crt"),
                ]
            )
        }
        try "subjectAltName=IP:127.0.0.1\n".write(toFile: scratch.path("names"), atomically: false, encoding: .utf8)
        try await openssl(
            ["req"] + key + [
                "-subj", "/CN=mail", "-keyout", scratch.path("server.key"), "-out", scratch.path("server.csr"),
            ]
        )
        try await openssl([
            "x509", "-req", "-in", scratch.path("server.csr"), "-CA", scratch.path("ca.crt"), "-CAkey",
            scratch.path("ca.key"), "-CAcreateserial", "-days", "3650", "-extfile", scratch.path("names"), "-out",
            scratch.path("server.crt"),
        ])
    }
}
