/// A mail server: `host:port`, `[2001:db8::1]:port`.
package struct SMTPServer: Sendable, Equatable, CustomStringConvertible {
    /// An IPv6 address stands in brackets, as in a URL.
    package let host: String
    package let port: UInt16

    /// - Returns: nil where host or port are missing, or the host holds what no host name or address does.
    package init?(_ text: String) {
        guard let colon = text.lastIndex(of: ":"), let port = UInt16(text[text.index(after: colon)...]), port > 0
        else { return nil }
        let host = text[..<colon]
        let isLiteral = host.hasPrefix("[") && host.hasSuffix("]")
        let inner = isLiteral ? host.dropFirst().dropLast() : host
        // It becomes part of a URL: nothing that means something there.
        let isPlain = inner.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."):
                true
            case UInt8(ascii: ":"): isLiteral
            default: false
            }
        }
        guard !inner.isEmpty, isPlain else { return nil }
        self.host = String(host)
        self.port = port
    }

    package var description: String { "\(host):\(port)" }

    /// Whether what is sent never leaves the host. Only names that cannot mean anything else count.
    var isLoopback: Bool {
        let octets = host.split(separator: ".", omittingEmptySubsequences: false)
        return host == "localhost" || host == "[::1]"
            || octets.count == 4 && octets[0] == "127" && octets.allSatisfy { UInt8($0) != nil }
    }
}
