import Foundation

/// `server.crt` and `server.key` for 127.0.0.1, from `ca.crt`; and `other.crt`, a CA that has nothing to do with them.
enum ServerCertificates {
    static func make(in scratch: ScratchDirectory) async throws {
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
                "-subj", "/CN=server", "-keyout", scratch.path("server.key"), "-out", scratch.path("server.csr"),
            ]
        )
        try await openssl([
            "x509", "-req", "-in", scratch.path("server.csr"), "-CA", scratch.path("ca.crt"), "-CAkey",
            scratch.path("ca.key"), "-CAcreateserial", "-days", "3650", "-extfile", scratch.path("names"), "-out",
            scratch.path("server.crt"),
        ])
    }
}
