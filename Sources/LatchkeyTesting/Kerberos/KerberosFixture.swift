package import Foundation

/// A real MIT KDC of one's own: a child process in a temporary directory, on loopback. It dies with this process.
package final class KerberosFixture: Sendable {
    package static let realm = "EXAMPLE.TEST"
    package let directory: URL
    package let port: UInt16

    /// Has the keys of the principals of ``init(principals:)``.
    package var keytab: String { path("keytab") }
    /// For everybody who speaks to this KDC.
    package var environment: [String: String] {
        ["KRB5_CONFIG": path("krb5.conf"), "KRB5_KDC_PROFILE": path("kdc.conf"), "KRB5_KTNAME": keytab]
    }

    private func path(_ name: String) -> String { directory.appendingPathComponent(name).path }

    /// Makes the realm. Nothing runs yet.
    /// - Parameter principals: without the realm; their keys are random.
    package init(principals: [String]) async throws {
        directory = FileManager.default.temporaryDirectory.appendingPathComponent("latchkey-kdc-\(UUID().uuidString)")
        port = try LoopbackSocket.bound().port
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        try Self.client(of: port, log: path("kdc.log")).write(
            toFile: path("krb5.conf"),
            atomically: false,
            encoding: .utf8
        )
        try server.write(toFile: path("kdc.conf"), atomically: false, encoding: .utf8)
        try await run("/usr/sbin/kdb5_util", ["create", "-s", "-r", Self.realm, "-P", "master"])
        for principal in principals {
            try await run("/usr/sbin/kadmin.local", ["-q", "addprinc -randkey \(principal)"])
            try await run("/usr/sbin/kadmin.local", ["-q", "ktadd -k \(keytab) \(principal)"])
        }
    }

    deinit { try? FileManager.default.removeItem(at: directory) }

    /// - Returns: the KDC, which runs until it is signalled.
    package func start() async throws -> ChildProcess {
        let log = directory.appendingPathComponent("log")
        let child = try await ChildProcess("/usr/bin/env", words + ["/usr/sbin/krb5kdc", "-n"], output: log)
        try await eventually("the KDC listens") {
            guard child.exitStatus == nil else {
                throw TestError("the KDC ended: \((try? String(contentsOf: log, encoding: .utf8)) ?? "")")
            }
            return LoopbackSocket.connected(to: self.port) != nil
        }
        return child
    }

    private var words: [String] { environment.map { "\($0)=\($1)" } }

    private func run(_ program: String, _ arguments: [String]) async throws {
        try await Command("/usr/bin/env", words + [program] + arguments).check(in: directory)
    }

    /// Without DNS: localhost is localhost.
    package static func client(of port: UInt16, log: String = "/dev/null") -> String {
        """
        [libdefaults]
            default_realm = \(realm)
            dns_lookup_kdc = false
            dns_lookup_realm = false
            dns_canonicalize_hostname = false
            rdns = false
            udp_preference_limit = 1
        [realms]
            \(realm) = {
                kdc = 127.0.0.1:\(port)
            }
        [domain_realm]
            localhost = \(realm)
        [logging]
            kdc = FILE:\(log)
            default = FILE:\(log)

        """
    }

    private var server: String {
        """
        [kdcdefaults]
            kdc_listen = 127.0.0.1:\(port)
            kdc_tcp_listen = 127.0.0.1:\(port)
        [realms]
            \(Self.realm) = {
                database_name = \(path("principal"))
                key_stash_file = \(path("stash"))
                acl_file = \(path("acl"))
            }

        """
    }
}
