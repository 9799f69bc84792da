/// The host names and addresses in a certificate's subjectAltName (RFC 5280, 4.2.1.6).
enum CertificateHosts {
    /// 2.5.29.17, with its tag and length.
    private static let mark: [UInt8] = [0x06, 0x03, 0x55, 0x1d, 0x11]
    private static let dnsName = BERTag.context(2)
    private static let address = BERTag.context(7)

    static func all(_ der: [UInt8]) -> [String] {
        guard let start = der.firstRange(of: mark)?.upperBound else { return [] }
        var reader = BERReader(der, within: start..<der.count)
        _ = try? reader.nextIfPresent(BERTag.boolean)
        guard let value = try? reader.next(BERTag.octetString) else { return [] }
        var inner = reader.reader(within: value)
        guard let list = try? inner.next(BERTag.sequence) else { return [] }
        var names = inner.reader(within: list)
        var hosts: [String] = []
        while let name = try? names.next() {
            if let host = host(name.tag, der[name.content]) { hosts.append(host) }
        }
        return hosts
    }

    private static func host(_ tag: UInt8, _ bytes: ArraySlice<UInt8>) -> String? {
        switch (tag, bytes.count) {
        case (dnsName, _): String(decoding: bytes, as: UTF8.self).lowercased()
        case (address, 4): bytes.map(String.init).joined(separator: ".")
        default: nil
        }
    }
}
