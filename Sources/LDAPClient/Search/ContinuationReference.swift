import Foundation

/// A server's word, among the entries of a search, that others have more (RFC 4511, 4.5.3). Never followed.
package struct ContinuationReference: Sendable, Equatable {
    /// Where to ask, as the server wrote it: LDAP URLs (RFC 4516), any of which will do.
    package let uris: [String]

    package init(uris: [String]) { self.uris = uris }

    init(_ message: ServerMessage) throws(BERError) {
        var reader = message.operation
        var uris: [String] = []
        while !reader.isAtEnd { uris.append(try reader.nextString()) }
        self.uris = uris
    }

    /// The entry below which there is more; `nil` where no URL names one.
    package var base: DistinguishedName? { uris.lazy.compactMap(Self.base).first }

    private static func base(_ uri: String) -> DistinguishedName? {
        guard let start = uri.range(of: "://")?.upperBound, let slash = uri[start...].firstIndex(of: "/") else {
            return nil
        }
        let name = uri[uri.index(after: slash)...].prefix { $0 != "?" }
        guard !name.isEmpty, let text = name.removingPercentEncoding else { return nil }
        return try? DistinguishedName(text)
    }
}
