import Foundation

/// A CA of its own and a server certificate, made with openssl(1).
struct TestCertificates {
    let directory: URL
    let kind: SlapdOptions.Certificate

    /// Leaves `ca.crt`, `server.crt` and `server.key` in the directory.
    func make() async throws {
        try await makeAuthority("ca")
        if kind == .unknownAuthority { try await makeAuthority("other") }
        if kind == .expiredAuthority { try await expireAuthority() }
        try await makeServer(authority: kind == .unknownAuthority ? "other" : "ca")
    }

    private func openssl(_ arguments: [String]) async throws {
        try await Command("/usr/bin/openssl", arguments).check(in: directory)
    }

    private func path(_ name: String) -> String { directory.appendingPathComponent(name).path }

    private static let newKey = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]

    private func makeAuthority(_ name: String) async throws {
        try await openssl(
            ["req", "-x509"] + Self.newKey + [
                "-days", "3650", "-subj", "/CN=Latchkey test CA \(name)",
                "-addext", "basicConstraints=critical,CA:TRUE", "-addext", "keyUsage=critical,keyCertSign,cRLSign",
                "-keyout", path("\(name).key"), "-out", path("\(name).crt"),
            ]
        )
    }

    /// The same key and name, over since yesterday.
    private func expireAuthority() async throws {
        try "basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign,cRLSign\n"
            .write(toFile: path("extensions"), atomically: false, encoding: .utf8)
        try await openssl([
            "req", "-new", "-key", path("ca.key"), "-subj", "/CN=Latchkey test CA", "-out", path("ca.csr"),
        ])
        try await openssl([
            "x509", "-req", "-in", path("ca.csr"), "-signkey", path("ca.key"), "-days", "-1",
            "-extfile", path("extensions"), "-out", path("ca.crt"),
        ])
    }

    private func makeServer(authority: String) async throws {
        let names = kind == .wrongHost ? "DNS:elsewhere.example" : "DNS:localhost,IP:127.0.0.1"
        try ((kind == .nameless ? "" : "subjectAltName=\(names)\n") + "extendedKeyUsage=serverAuth\n")
            .write(toFile: path("extensions"), atomically: false, encoding: .utf8)
        try await openssl(
            ["req"] + Self.newKey + ["-subj", "/CN=slapd", "-keyout", path("server.key"), "-out", path("server.csr")]
        )
        try await openssl([
            "x509", "-req", "-in", path("server.csr"), "-CA", path("\(authority).crt"), "-CAkey",
            path("\(authority).key"),
            "-CAcreateserial", "-days", kind == .expired ? "-1" : "3650", "-extfile", path("extensions"), "-out",
            path("server.crt"),
        ])
    }
}
