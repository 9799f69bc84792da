import DirectoryServers
import Foundation
import Identity
import LDAPClient
import LatchkeyTesting
import Synchronizer
import Testing

@Suite("An examination of a server's certificate")
struct TLSExaminationTests {
    private func found(
        _ slapd: SlapdFixture,
        uri: String? = nil,
        authorities: String? = nil,
        startTLS: Bool = false,
        clock: any WallClock = SystemWallClock()
    ) async throws -> Finding {
        let settings = DirectorySettings(
            servers: [.named(try LDAPServer(uri ?? slapd.tlsURI))],
            tls: TLSOptions(certificateAuthorities: authorities ?? slapd.authorityFile, startTLS: startTLS),
            credentials: .simple(dn: try DistinguishedName(slapd.service), password: Array(SlapdFixture.password.utf8)),
            users: try DirectorySettings.of(slapd).users
        )
        return try #require(await examined(settings, clock: clock).of(.tls).first)
    }

    @Test(
        "says why it is refused",
        arguments: [
            (
                SlapdOptions.Certificate.wrongHost,
                "the server's certificate is for elsewhere.example, and not for 127.0.0.1",
                "Use one of its names in directory.servers, or have it made for this one."
            ),
            (
                .nameless, "the server's certificate is for no name at all, and not for 127.0.0.1",
                "Use one of its names in directory.servers, or have it made for this one."
            ),
            (
                .unknownAuthority, "is signed by a CA that is not in ",
                "Put that CA's certificate there: openssl s_client"
            ),
            (
                .expired, "the server's certificate is over since ",
                "Renew it on the server: openssl s_client -connect 127"
            ),
            (
                .expiredAuthority, "the CA's certificate in ",
                "Get the CA's new certificate: openssl x509 -noout -dates -in /"
            ),
        ]
    )
    func refused(kind: SlapdOptions.Certificate, text: String, remedy: String) async throws {
        for startTLS in [false, true] {
            try await withSlapd(.with { $0.certificate = kind }) { slapd in
                let uri = startTLS ? slapd.uri : slapd.tlsURI
                let finding = try await found(slapd, uri: uri, startTLS: startTLS)
                #expect(finding.verdict == .failure && finding.text.contains(text), "\(finding)")
                #expect(finding.remedy?.hasPrefix(remedy) == true, "\(finding)")
            }
        }
    }

    @Test("says how long a good one is good, and when it is time to renew it")
    func good() async throws {
        try await withSlapd { slapd in
            let good = try await found(slapd)
            #expect(
                good.verdict == .fine && good.text.hasPrefix("the certificate is accepted, and good for 36"),
                "\(good)"
            )
            let later = ManualClock(Date().addingTimeInterval(3640 * 86400))
            let ending = try await found(slapd, clock: later)
            #expect(
                ending.verdict == .warning && ending.text.hasPrefix("the server's certificate ends on 20"),
                "\(ending)"
            )
            #expect(ending.text.hasSuffix(": nobody is mirrored or reset then"))
            #expect(ending.remedy?.hasPrefix("Renew it in time: openssl s_client -connect 127.0.0.1:") == true)
        }
    }

    @Test("says that a clock may be wrong, that there is no CA, and what else is not good")
    func others() async throws {
        try await withSlapd(.with { $0.certificate = .wrongHost }) { slapd in
            let early = try await found(slapd, clock: ManualClock(Date(timeIntervalSince1970: 1_500_000_000)))
            #expect(early.text.hasPrefix("the server's certificate is not good before 20"), "\(early)")
            #expect(early.remedy == "One of the clocks is wrong: timedatectl")
            for file in ["/nowhere/ca.pem", "/etc/hostname"] {
                let none = try await found(slapd, authorities: file)
                #expect(none.text.contains("no CA certificate can be read from \(file)"), "\(none)")
                #expect(none.remedy == "Name a PEM file: directory.tls.ca")
            }
            let clear = try await found(slapd, uri: "ldaps://127.0.0.1:\(slapd.port)")
            #expect(
                clear.verdict == .failure && clear.remedy?.contains("See what the server shows") == true,
                "\(clear)"
            )
            try await withSlapd { other in
                // A CA of the same name, with another key.
                let forged = try await found(other, authorities: slapd.authorityFile)
                #expect(forged.verdict == .failure, "\(forged)")
                #expect(forged.remedy?.contains("The signature or what lies between") == true, "\(forged)")
            }
        }
    }
}
