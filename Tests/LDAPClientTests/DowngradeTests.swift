import Glibc
import LDAPClient
import LatchkeyTesting
import Testing

/// Failure modes 14 and 15: whatever a server does instead of TLS, nobody binds, and nothing is said again in clear.
@Suite("Without TLS")
struct DowngradeTests {
    struct Fault: Sendable, CustomStringConvertible {
        var description: String
        var scheme = "ldap"
        var behaviour: FaultServer.Behaviour
        /// The answer, where only one is right.
        var code: ResultCode?
        var deadline = Duration.seconds(10)
    }

    /// Message 1, ExtendedResponse with this result.
    private static func startTLS(_ result: UInt8) -> [UInt8] {
        [0x30, 0x0c, 2, 1, 1, 0x78, 7, 0x0a, 1, result, 4, 0, 4, 0]
    }

    /// Message 2, BindResponse: success. Said before anybody has asked.
    private static let bound: [UInt8] = [0x30, 0x0c, 2, 1, 2, 0x61, 7, 0x0a, 1, 0, 4, 0, 4, 0]
    private static let page = Array("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n".utf8)
    /// A handshake record of 16 KiB that never ends.
    private static let endlessRecord: [UInt8] = [0x16, 0x03, 0x03, 0x3f, 0xff] + [UInt8](repeating: 2, count: 64)
    private static let endlessMessage: [UInt8] = [0x30, 0x83, 0x7f, 0xff, 0xff] + [UInt8](repeating: 2, count: 64)
    private static let short = Duration.milliseconds(400)

    static let faults = [
        Fault(description: "StartTLS is refused", behaviour: .answers(startTLS(52)), code: .unavailable),
        Fault(description: "StartTLS is not known", behaviour: .answers(startTLS(2)), code: .protocolError),
        Fault(description: "StartTLS is refused, and the line closed", behaviour: .answersAndCloses(startTLS(53))),
        Fault(description: "StartTLS is answered by garbage", behaviour: .answers(page), deadline: short),
        Fault(description: "StartTLS is answered by a bind response", behaviour: .answers(bound), deadline: short),
        Fault(
            description: "StartTLS is granted, with a bind response behind it",
            behaviour: .answers(startTLS(0) + bound),
            deadline: short
        ),
        Fault(description: "StartTLS is granted, then garbage", behaviour: .answersThen(startTLS(0), page)),
        Fault(
            description: "StartTLS is granted, then clear LDAP",
            behaviour: .answersThen(startTLS(0), bound),
            deadline: short
        ),
        Fault(
            description: "StartTLS is granted, then silence",
            behaviour: .answers(startTLS(0)),
            code: .timeout,
            deadline: short
        ),
        Fault(description: "StartTLS is granted, then the line closed", behaviour: .answersAndCloses(startTLS(0))),
        Fault(
            description: "StartTLS is answered a byte at a time",
            behaviour: .trickles(endlessMessage),
            code: .timeout,
            deadline: short
        ),
        Fault(description: "ldaps is answered in clear", scheme: "ldaps", behaviour: .answers(bound), deadline: short),
        Fault(description: "ldaps is answered by garbage", scheme: "ldaps", behaviour: .answers(page), deadline: short),
        Fault(description: "ldaps is closed", scheme: "ldaps", behaviour: .closes),
        Fault(
            description: "ldaps is answered a byte at a time",
            scheme: "ldaps",
            behaviour: .trickles(endlessRecord),
            code: .timeout,
            deadline: short
        ),
    ]

    @Test("failure mode 15: nothing of a bind is sent, and nothing in clear", arguments: faults)
    func noBind(_ fault: Fault) async throws {
        let server = try FaultServer(fault.behaviour)
        let error = await #expect(throws: LDAPError.self) {
            let connection = try await LDAPConnection.open(
                try LDAPServer("\(fault.scheme)://127.0.0.1:\(server.port)"),
                tls: TLSOptions(startTLS: fault.scheme == "ldap"),
                deadline: fault.deadline
            )
            try await connection.bind(
                .simple(dn: try DistinguishedName("cn=latchkey,dc=example,dc=com"), password: Array("hunter2".utf8))
            )
        }
        if let code = fault.code { #expect(error?.code == code) }
        try await eventually("the server has seen the connection") { !server.received.isEmpty }
        // One attempt: no second one without TLS.
        #expect(server.received.count == 1)
        for bytes in server.received {
            let sent = SentBytes(bytes)
            #expect(sent.operations.allSatisfy { [0x77, 0x42, 0x50].contains($0) }, "\(sent.operations)")
            #expect(sent.isTLSBehind)
            #expect(!sent.contains("hunter2") && !sent.contains("latchkey"))
        }
    }

    @Test(
        "failure mode 15: a certificate that is not good gets no bind",
        arguments: [SlapdOptions.Certificate.wrongHost, .unknownAuthority, .expired, .expiredAuthority]
    )
    func badCertificate(_ certificate: SlapdOptions.Certificate) async throws {
        let options = SlapdOptions.with {
            $0.certificate = certificate
            $0.logLevel = 256
        }
        try await withSlapd(options) { slapd in
            for scheme in ["ldaps", "starttls"] {
                let tls = TLSOptions(certificateAuthorities: slapd.authorityFile, startTLS: scheme == "starttls")
                let server = try LDAPServer(scheme == "ldaps" ? slapd.tlsURI : slapd.uri)
                let error = await #expect(throws: LDAPError.self) {
                    let connection = try await LDAPConnection.open(server, tls: tls)
                    try await connection.bind(try service(slapd))
                }
                #expect(error?.code == .tlsFailure, "\(scheme)")
            }
            try await eventually("slapd has told of StartTLS") { slapd.log.contains("STARTTLS") }
            #expect(!slapd.log.contains("BIND"))
        }
    }

    @Test("failure mode 14: a peer that sends a byte at a time costs hardly any CPU, and ends at the deadline")
    func slowLorisCPU() async throws {
        // In a process of its own, so that the CPU time is this connection's alone.
        await #expect(processExitsWith: .success) {
            for (scheme, bytes) in [("ldaps", DowngradeTests.endlessRecord), ("ldap", DowngradeTests.endlessMessage)] {
                let server = try FaultServer(.trickles(bytes))
                let uri = try LDAPServer("\(scheme)://127.0.0.1:\(server.port)")
                // The first attempt pays for loading the CA file.
                for milliseconds in [50, 1000] {
                    let before = clock()
                    let tls = TLSOptions(startTLS: scheme == "ldap")
                    _ = try? await LDAPConnection.open(uri, tls: tls, deadline: .milliseconds(milliseconds))
                    let spent = Double(clock() - before) / Double(CLOCKS_PER_SEC)
                    if milliseconds == 1000, spent > 0.5 { throw TestError("\(scheme): spent \(spent) s of CPU") }
                }
            }
        }
    }
}

/// What a client sent: LDAP messages in clear, and from the first TLS record on TLS.
private struct SentBytes {
    /// The tags of the operations that were sent in clear (RFC 4511, 4.2 to 4.12).
    private(set) var operations: [UInt8] = []
    private let rest: ArraySlice<UInt8>
    private let bytes: [UInt8]

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        var rest = bytes[...]
        // A short message: SEQUENCE, one byte of length, INTEGER of one byte, the operation.
        while rest.count > 5, rest.first == 0x30 {
            let message = Array(rest.prefix(2 + Int(rest[rest.startIndex + 1])))
            guard message.count > 5 else { break }
            operations.append(message[5])
            rest = rest.dropFirst(message.count)
        }
        self.rest = rest
    }

    /// Nothing, or a TLS handshake (or alert) record.
    var isTLSBehind: Bool { rest.isEmpty || [0x15, 0x16].contains(rest.first) && rest.dropFirst().first == 3 }

    func contains(_ text: String) -> Bool {
        let wanted = Array(text.utf8)
        return bytes.indices.contains { bytes[$0...].starts(with: wanted) }
    }
}
