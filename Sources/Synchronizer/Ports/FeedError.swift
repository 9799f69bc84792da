/// Why a feed ended.
package struct FeedError: Error, Sendable, Equatable, CustomStringConvertible {
    package struct Code: Sendable, Hashable, CustomStringConvertible {
        private enum Value: String {
            case unreachable, credentials, tls, cookieRejected, incomplete, unsupported, cancelled, moved
            case containerMoved
        }

        private let value: Value

        /// The server does not answer, or the connection broke.
        package static let unreachable = Code(value: .unreachable)
        /// The server refused the bind.
        package static let credentials = Code(value: .credentials)
        /// The certificate or the handshake is not acceptable.
        package static let tls = Code(value: .tls)
        /// The server wants a refresh without the cookie (4096, or 53 after a restored backup).
        package static let cookieRejected = Code(value: .cookieRejected)
        /// The server ended a search with something other than success.
        package static let incomplete = Code(value: .incomplete)
        /// The server cannot be followed with any strategy of this version.
        package static let unsupported = Code(value: .unsupported)
        package static let cancelled = Code(value: .cancelled)
        /// The feed left a server that works for one that is preferred: connect again, now. No trouble.
        package static let moved = Code(value: .moved)

        /// Entries may have got other names without a message: read everything again, now. No trouble.
        package static let containerMoved = Code(value: .containerMoved)

        package var description: String { value.rawValue }
    }

    package var code: Code
    /// The server's URI.
    package var server: String
    /// One sentence: what happened and what to do. No secrets.
    package var detail: String

    package init(_ code: Code, server: String, detail: String) {
        self.code = code
        self.server = server
        self.detail = detail
    }

    package var description: String { "\(server): \(detail)" }
}
