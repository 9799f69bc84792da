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
            (SlapdOptions.Certificate.wrongHost, "is for elsewhere.example, and not for 127.0.0.1"),
            (.unknownAuthority, "is signed by a CA that is not in "),
            (.expired, "the server's certificate is over since "),
            (.expiredAuthority, "the CA's certificate in "),
        ]
    )
    func refused(kind: SlapdOptions.Certificate, text: String) async throws {
        for startTLS in [false, true] {
            try await withSlapd(.with { $0.certificate = kind }) { slapd in
                let uri = startTLS ? slapd.uri : slapd.tlsURI
                let finding = try await found(slapd, uri: uri, startTLS: startTLS)
                #expect(finding.verdict == .failure && finding.text.contains(text), "\(finding)")
                #expect(finding.remedy != nil)
            }
        }
    }

    @Test("says how long a good one is good, and when it is time to renew it")
    func good() async throws {
        try await withSlapd { slapd in
            let good = try await found(slapd)
            #expect(good.verdict == .fine && good.text.contains("good for 36"), "\(good)")
            let later = ManualClock(Date().addingTimeInterval(3640 * 86400))
            let ending = try await found(slapd, clock: later)
            #expect(ending.verdict == .warning && ending.text.contains("ends on 20"), "\(ending)")
        }
    }

    @Test("says that a clock may be wrong, that there is no CA, and what else is not good")
    func others() async throws {
        try await withSlapd(.with { $0.certificate = .wrongHost }) { slapd in
            let early = try await found(slapd, clock: ManualClock(Date(timeIntervalSince1970: 1_500_000_000)))
            #expect(early.text.contains("is not good before 20"), "\(early)")
            for file in ["/nowhere/ca.pem", "/etc/hostname"] {
                let none = try await found(slapd, authorities: file)
                #expect(none.text.contains("no CA certificate can be read from \(file)"), "\(none)")
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
