import Foundation
import Identity
import LDAPClient
import Synchronizer

/// Why a certificate is refused: the library that refuses it does not say.
struct TLSExamination {
    let server: LDAPServer
    let tls: TLSOptions
    let clock: any WallClock

    /// Days before a certificate ends in which it is time to renew it.
    private static let warningDays = 14
    private static let day: TimeInterval = 86400

    /// Nil where nothing is encrypted, nor has to be.
    func accepted() async -> Finding? {
        guard let endpoint, let shown = try? await LDAPConnection.shownCertificate(of: server, tls: tls) else {
            return nil
        }
        let days = Int((shown.notAfter.timeIntervalSince(clock.now) / Self.day).rounded(.down))
        guard days >= Self.warningDays else {
            let text = "the server's certificate ends on \(Self.text(shown.notAfter)): nobody is mirrored or reset then"
            return finding(.warning, text, "Renew it in time: \(Self.look(endpoint))")
        }
        return finding(.fine, "the certificate is accepted, and good for \(days) days")
    }

    func refused(_ error: LDAPError) async -> Finding {
        let file = tls.certificateAuthorities
        let authorities = Certificate.pem((try? String(contentsOfFile: file, encoding: .utf8)) ?? "")
        guard !authorities.isEmpty else {
            return finding(.failure, "no CA certificate can be read from \(file)", "Name a PEM file: directory.tls.ca")
        }
        guard let endpoint, let shown = try? await LDAPConnection.shownCertificate(of: server, tls: tls) else {
            return finding(.failure, "\(error)", "See what the server shows: openssl s_client -connect HOST:PORT")
        }
        return cause(shown, authorities.filter { $0.subject == shown.issuer }, endpoint)
            ?? finding(
                .failure,
                "\(error)",
                "The signature or what lies between it and the CA is not good: \(Self.look(endpoint)) -showcerts"
            )
    }

    private func cause(_ shown: Certificate, _ issuers: [Certificate], _ endpoint: Endpoint) -> Finding? {
        let (now, file) = (clock.now, tls.certificateAuthorities)
        if shown.notAfter < now {
            let text = "the server's certificate is over since \(Self.text(shown.notAfter))"
            return finding(.failure, text, "Renew it on the server: \(Self.look(endpoint))")
        }
        if shown.notBefore > now {
            let text = "the server's certificate is not good before \(Self.text(shown.notBefore))"
            return finding(.failure, text, "One of the clocks is wrong: timedatectl")
        }
        if issuers.isEmpty {
            let text = "the server's certificate is signed by a CA that is not in \(file)"
            return finding(.failure, text, "Put that CA's certificate there: \(Self.look(endpoint)) -showcerts")
        }
        if let last = issuers.map(\.notAfter).max(), last < now {
            let text = "the CA's certificate in \(file) is over since \(Self.text(last))"
            return finding(.failure, text, "Get the CA's new certificate: openssl x509 -noout -dates -in \(file)")
        }
        if !shown.holds(for: endpoint.host) {
            let names = shown.hosts.isEmpty ? "no name at all" : shown.hosts.joined(separator: ", ")
            let text = "the server's certificate is for \(names), and not for \(endpoint.host)"
            return finding(.failure, text, "Use one of its names in directory.servers, or have it made for this one.")
        }
        return nil
    }

    private func finding(_ verdict: Finding.Verdict, _ text: String, _ remedy: String? = nil) -> Finding {
        Finding(.tls, server.uri, verdict, text, remedy: remedy)
    }

    private typealias Endpoint = (host: String, port: UInt16)

    private var endpoint: Endpoint? {
        switch server.transport {
        case .ldaps(let host, let port): (host, port)
        case .ldap(let host, let port): tls.startTLS ? (host, port) : nil
        case .ldapi: nil
        }
    }

    private static func text(_ date: Date) -> String { date.formatted(.iso8601.year().month().day()) }

    private static func look(_ endpoint: Endpoint) -> String {
        "openssl s_client -connect \(endpoint.host):\(endpoint.port)"
    }
}
