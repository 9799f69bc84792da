import Foundation
import HTTPTypes
import Hummingbird
import LocalAPI
import NIOCore

extension Request {
    /// The body, read strictly. An absent one counts as an empty object.
    func document<Document: RequestDocument>(_ type: Document.Type) async throws -> Document {
        // `SocketResponder` has read the whole body, within its limit.
        let bytes = try await body.collect(upTo: .max)
        guard bytes.readableBytes > 0 else { return try Document.read(Data("{}".utf8)) }
        if let contentType = headers[.contentType], !Self.isJSON(contentType) { throw Refusal.notJSON }
        return try Document.read(Data(bytes.readableBytesView))
    }

    private static func isJSON(_ contentType: String) -> Bool {
        let mediaType = contentType.prefix { $0 != ";" && $0 != " " }
        return mediaType.lowercased() == "application/json"
    }

    /// The bearer token (RFC 6750, 2.1).
    func token() throws(Refusal) -> String {
        guard let header = headers[.authorization] else {
            throw .noToken("This needs a token: send “Authorization: Bearer …”.")
        }
        let parts = header.split(separator: " ", maxSplits: 1)
        guard parts.count == 2, parts[0].lowercased() == "bearer", (1...Self.tokenLimit).contains(parts[1].utf8.count)
        else { throw .noToken("The Authorization header is not of the form “Bearer TOKEN”.") }
        return String(parts[1])
    }

    /// Bytes. Our own tokens are far shorter.
    private static let tokenLimit = 512
}
