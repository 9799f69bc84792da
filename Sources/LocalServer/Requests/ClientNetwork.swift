import Glibc
import HTTPTypes
import LocalAPI

/// What `Latchkey-Client-Address` says of where the person is, as one name for each client.
enum ClientNetwork {
    private static let header = HTTPField.Name(Routes.clientAddressHeader)

    /// What is no address is one client together: it must not be a way round the limit.
    private static let unreadable = "unreadable"

    /// - Returns: nil without the header.
    static func name(in headers: HTTPFields) -> String? {
        guard let header, let text = headers[header] else { return nil }
        return name(of: text)
    }

    static func name(of text: String) -> String {
        if let four = bytes(of: text, AF_INET, count: 4) { return hexadecimal(four[...]) }
        // Without the zone of a link-local address (RFC 4007, 11).
        guard let six = bytes(of: String(text.prefix { $0 != "%" }), AF_INET6, count: 16) else { return unreadable }
        // A subscriber has at least a /64 (RFC 6177), and each machine in it as many addresses as it likes (RFC 8981).
        return hexadecimal(six.starts(with: mapped) ? six[mapped.count...] : six[..<8])
    }

    /// IPv4 inside IPv6 (RFC 4291, 2.5.5.2).
    private static let mapped = [UInt8](repeating: 0, count: 10) + [0xff, 0xff]

    private static func bytes(of text: String, _ family: Int32, count: Int) -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: count)
        return unsafe inet_pton(family, text, &bytes) == 1 ? bytes : nil
    }

    private static func hexadecimal(_ bytes: ArraySlice<UInt8>) -> String {
        bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }
}
