/// Where a server listens: `ldap://host[:port]`, `ldaps://host[:port]` or `ldapi://%2Fpath%2Fof%2Fsocket`.
package struct LDAPServer: Sendable, Hashable, CustomStringConvertible {
    package enum Transport: Sendable, Hashable {
        /// Clear text, or StartTLS where ``TLSOptions`` says so.
        case ldap(host: String, port: UInt16)
        case ldaps(host: String, port: UInt16)
        case ldapi(path: String)
    }

    package let transport: Transport
    /// The URI as it was given, without a trailing slash.
    package let uri: String

    package var description: String { uri }

    /// - Throws: `invalidArgument`, with what is wrong with the text.
    package init(_ text: String) throws(LDAPError) {
        let parts = text.split(separator: "://", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2 else { throw Self.invalid(text, "expected ldap://, ldaps:// or ldapi://") }
        var rest = String(parts[1])
        while rest.hasSuffix("/") { rest.removeLast() }
        let scheme = parts[0].lowercased()
        switch scheme {
        case "ldap":
            let (host, port) = try Self.hostAndPort(rest, default: 389, in: text)
            transport = .ldap(host: host, port: port)
        case "ldaps":
            let (host, port) = try Self.hostAndPort(rest, default: 636, in: text)
            transport = .ldaps(host: host, port: port)
        case "ldapi":
            transport = .ldapi(path: try Self.path(rest, in: text))
        default:
            throw Self.invalid(text, "expected ldap://, ldaps:// or ldapi://")
        }
        uri = "\(scheme)://\(rest)"
    }

    private static func invalid(_ text: String, _ reason: String) -> LDAPError {
        LDAPError(.invalidArgument, operation: "server", server: text, diagnostic: reason)
    }

    private static func hostAndPort(
        _ text: String,
        default port: UInt16,
        in uri: String
    ) throws(LDAPError) -> (String, UInt16) {
        guard !text.isEmpty, !text.contains(where: { "/?# @".contains($0) }) else {
            throw invalid(uri, "expected a host and nothing after it but a port")
        }
        if text.hasPrefix("[") { return try bracketed(text, default: port, in: uri) }
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count <= 2, !parts[0].isEmpty else { throw invalid(uri, "expected host or host:port") }
        guard parts.count == 2 else { return (text, port) }
        guard let number = UInt16(parts[1]), number > 0 else { throw invalid(uri, "the port is not 1…65535") }
        return (String(parts[0]), number)
    }

    /// `[address]` or `[address]:port` (RFC 3986, 3.2.2).
    private static func bracketed(
        _ text: String,
        default port: UInt16,
        in uri: String
    ) throws(LDAPError) -> (String, UInt16) {
        guard let close = text.firstIndex(of: "]") else { throw invalid(uri, "the bracket is not closed") }
        let host = String(text[text.index(after: text.startIndex)..<close])
        let rest = text[text.index(after: close)...]
        if rest.isEmpty { return (host, port) }
        guard rest.hasPrefix(":"), let number = UInt16(rest.dropFirst()), number > 0 else {
            throw invalid(uri, "the port is not 1…65535")
        }
        return (host, number)
    }

    private static func path(_ text: String, in uri: String) throws(LDAPError) -> String {
        var bytes: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            guard let high = rest.popFirst().flatMap(Hexadecimal.digit),
                let low = rest.popFirst().flatMap(Hexadecimal.digit)
            else { throw invalid(uri, "% is not followed by two hexadecimal digits") }
            bytes.append(high << 4 | low)
        }
        guard bytes.first == UInt8(ascii: "/"), !bytes.contains(0) else {
            throw invalid(uri, "expected the socket's absolute path with / written as %2F")
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
