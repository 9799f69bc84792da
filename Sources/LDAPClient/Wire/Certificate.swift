package import Foundation

/// What an X.509 certificate says (RFC 5280, 4.1). Nothing of it is proven here.
package struct Certificate: Sendable, Equatable {
    /// Names as they stand in it (DER), to be compared and not shown.
    package let issuer: [UInt8]
    package let subject: [UInt8]
    package let notBefore: Date
    package let notAfter: Date
    /// Host names and addresses for which it holds (RFC 5280, 4.2.1.6), in lower case.
    package let hosts: [String]

    /// Nil for what is no certificate.
    package init?(_ der: [UInt8]) {
        guard let read = try? Self.read(der) else { return nil }
        self = read
    }

    private init(issuer: [UInt8], subject: [UInt8], notBefore: Date, notAfter: Date, hosts: [String]) {
        self.issuer = issuer
        self.subject = subject
        self.notBefore = notBefore
        self.notAfter = notAfter
        self.hosts = hosts
    }

    private static func read(_ der: [UInt8]) throws(BERError) -> Certificate {
        var outer = BERReader(der)
        var certificate = outer.reader(within: try outer.next(BERTag.sequence))
        var content = certificate.reader(within: try certificate.next(BERTag.sequence))
        _ = try content.nextIfPresent(BERTag.contextConstructed(0))
        _ = try content.next(BERTag.integer)
        _ = try content.next(BERTag.sequence)
        let issuer = try content.next(BERTag.sequence)
        var validity = content.reader(within: try content.next(BERTag.sequence))
        let (begin, end) = (try time(&validity), try time(&validity))
        let subject = try content.next(BERTag.sequence)
        return Certificate(
            issuer: Array(der[issuer]),
            subject: Array(der[subject]),
            notBefore: begin,
            notAfter: end,
            hosts: CertificateHosts.all(der)
        )
    }

    /// UTCTime or GeneralizedTime (RFC 5280, 4.1.2.5): of a UTCTime, 50 to 99 are the years of the last century.
    private static func time(_ reader: inout BERReader) throws(BERError) -> Date {
        let element = try reader.next()
        var text = String(decoding: reader.bytes[element.content], as: UTF8.self)
        if element.tag == 0x17 { text = (text.prefix(2) < "50" ? "20" : "19") + text }
        guard text.hasSuffix("Z"), let date = try? Date("\(text)", strategy: Self.strategy) else { throw BERError() }
        return date
    }

    private static let strategy = Date.ParseStrategy(
        format:
            "\(year: .padded(4))\(month: .twoDigits)\(day: .twoDigits)\(hour: .twoDigits(clock: .twentyFourHour, hourCycle: .zeroBased))\(minute: .twoDigits)\(second: .twoDigits)Z",
        locale: Locale(identifier: "en_US_POSIX"),
        timeZone: .gmt
    )
}

extension Certificate {
    /// The certificates of a PEM file's text (RFC 7468).
    package static func pem(_ text: String) -> [Certificate] {
        text.components(separatedBy: "-----BEGIN CERTIFICATE-----").dropFirst().compactMap { part in
            let body = part.components(separatedBy: "-----END CERTIFICATE-----")[0]
            return Data(base64Encoded: body, options: .ignoreUnknownCharacters).flatMap { Certificate(Array($0)) }
        }
    }

    /// Whether it holds for this host (RFC 6125, 6.4): `*` stands for the first label alone.
    package func holds(for host: String) -> Bool {
        let host = host.lowercased()
        let rest = host.firstIndex(of: ".").map { String(host[$0...]) }
        return hosts.contains { $0 == host || $0.hasPrefix("*.") && rest.map($0.dropFirst().elementsEqual) == true }
    }
}
