import Foundation
import LDAPClient
import LatchkeyTesting
import Testing

@Suite("A certificate")
struct CertificateTests {
    private func made(_ names: String, days: String = "30") async throws -> (pem: String, der: [UInt8]) {
        let scratch = try ScratchDirectory()
        let arguments = [
            "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", days, "-subj",
            "/CN=Own", "-addext", "subjectAltName=\(names)", "-keyout", scratch.path("key"), "-out",
            scratch.path("crt"),
        ]
        try await Command("/usr/bin/openssl", arguments).check(in: scratch.url)
        let pem = try #require(scratch.text("crt"))
        let body = pem.components(separatedBy: "-----")[2]
        return (pem, Array(try #require(Data(base64Encoded: body, options: .ignoreUnknownCharacters))))
    }

    @Test("says for whom, from whom, and how long")
    func content() async throws {
        let (pem, der) = try await made("DNS:LDAP.example.org,DNS:*.lab.example.org,IP:192.0.2.7,email:a@b")
        let certificate = try #require(Certificate(der))
        #expect(Certificate.pem("text before\n\(pem)\(pem)") == [certificate, certificate])
        #expect(certificate.hosts == ["ldap.example.org", "*.lab.example.org", "192.0.2.7"])
        #expect(certificate.issuer == certificate.subject)
        let days = certificate.notAfter.timeIntervalSince(certificate.notBefore) / 86400
        #expect(days == 30 && abs(certificate.notBefore.timeIntervalSinceNow) < 3600)
        for (host, holds) in [
            ("ldap.EXAMPLE.org", true), ("a.lab.example.org", true), ("192.0.2.7", true), ("lab.example.org", false),
            ("a.b.lab.example.org", false), ("other.example.org", false), ("192.0.2.8", false),
        ] {
            #expect(certificate.holds(for: host) == holds, "\(host)")
        }
    }

    @Test("beyond 2049 has its years whole")
    func farAway() async throws {
        let certificate = try #require(Certificate(try await made("DNS:a", days: "36500").der))
        #expect(certificate.notAfter > Date(timeIntervalSince1970: 4_000_000_000))
    }

    @Test("that is cut short anywhere, or is none, is nil or says less; nothing ends the process")
    func broken() async throws {
        let der = try await made("DNS:a.example.org").der
        for length in 0..<der.count { _ = Certificate(Array(der.prefix(length))) }
        for index in der.indices {
            var changed = der
            changed[index] ^= 0xff
            _ = Certificate(changed)
        }
        #expect(Certificate([]) == nil && Certificate(Array("no certificate".utf8)) == nil)
        #expect(Certificate.pem("-----BEGIN CERTIFICATE-----\n!!\n-----END CERTIFICATE-----") == [])
    }
}
