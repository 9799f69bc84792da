import Foundation
import Hummingbird
import LocalAPI
import NIOCore

/// Writes server-sent events (HTML Living Standard, 9.2).
struct EventWriter {
    static let contentType = "text/event-stream"

    private var writer: any ResponseBodyWriter

    init(_ writer: any ResponseBodyWriter) { self.writer = writer }

    /// - Parameter id: what a client gives back as `Last-Event-ID`; nil: the last one stays.
    mutating func send(_ event: String, id: String? = nil, _ document: some Encodable) async throws {
        // The encoder writes no line ends, so that one line holds the document.
        let data = String(decoding: try APIJSON.encode(document), as: UTF8.self)
        let head = id.map { "id: \($0)\n" } ?? ""
        try await writer.write(ByteBuffer(string: "\(head)event: \(event)\ndata: \(data)\n\n"))
    }

    /// A comment, so that both ends notice when the other is gone.
    mutating func beat() async throws { try await writer.write(ByteBuffer(string: ":\n\n")) }

    consuming func finish() async throws { try await writer.finish(nil) }
}

extension Response {
    /// An answer that goes on until one side ends it.
    static func events(_ body: @escaping @Sendable (inout EventWriter) async throws -> Void) -> Response {
        Response(
            status: .ok,
            headers: [.contentType: EventWriter.contentType, .cacheControl: "no-store"],
            body: ResponseBody { writer in
                var events = EventWriter(writer)
                try await body(&events)
                try await events.finish()
            }
        )
    }
}
