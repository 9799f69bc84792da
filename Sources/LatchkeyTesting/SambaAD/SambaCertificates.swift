import Foundation

/// The CA of all private Sambas of a process, and a server certificate for each address, made with openssl(1).
struct SambaCertificates {
    let directory: URL

    private func path(_ name: String) -> String { directory.appendingPathComponent(name).path }

    private static let newKey = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]

    private func openssl(_ arguments: [String]) async throws {
        try await Command("/usr/bin/openssl", arguments).check(in: directory)
    }

    func makeAuthority() async throws {
        try await openssl(
            ["req", "-x509"] + Self.newKey + [
                "-days", "3650", "-subj", "/CN=Latchkey test CA for Samba",
                "-addext", "basicConstraints=critical,CA:TRUE", "-addext", "keyUsage=critical,keyCertSign,cRLSign",
                "-keyout", path("ca.key"), "-out", path("ca.crt"),
            ]
        )
    }

    func makeServer(address: String) async throws {
        try "subjectAltName=IP:\(address)\nextendedKeyUsage=serverAuth\n"
            .write(toFile: path("extensions"), atomically: false, encoding: .utf8)
        try await openssl(
            ["req"] + Self.newKey + ["-subj", "/CN=dc1", "-keyout", path("server.key"), "-out", path("server.csr")]
        )
        try await openssl([
            "x509", "-req", "-in", path("server.csr"), "-CA", path("ca.crt"), "-CAkey", path("ca.key"),
            "-CAcreateserial", "-days", "3650", "-extfile", path("extensions"), "-out", path("server.crt"),
        ])
        // Samba refuses a key that others may read.
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path("server.key"))
    }
}
