/// One page of a search.
package struct SearchPage: Sendable {
    package var entries: [SearchEntry]
    /// For the next page; nil after the last.
    package var cookie: [UInt8]?
    /// Continuation references among the entries.
    package var references = 0
}

/// Simple paged results (RFC 2696). Pages are no snapshot: what is renamed between two may be missed.
package enum PagedResults {
    package static let oid = "1.2.840.113556.1.4.319"

    static func request(size: Int, cookie: [UInt8]) -> RequestControl {
        var writer = BERWriter()
        writer.constructed { value in
            value.integer(size)
            value.octets(cookie)
        }
        return RequestControl(oid: oid, isCritical: true, value: writer.bytes)
    }

    /// - Returns: nil after the last page.
    static func cookie(of message: ServerMessage) throws(BERError) -> [UInt8]? {
        guard let value = try message.control(oid) else { return nil }
        let cookie = try cookie(value)
        return cookie.isEmpty ? nil : cookie
    }

    /// - Parameter value: of the control. Its cookie is empty after the last page.
    static func cookie(_ value: [UInt8]) throws(BERError) -> [UInt8] {
        var outer = BERReader(value)
        var reader = outer.reader(within: try outer.next(BERTag.sequence))
        _ = try reader.nextInteger()
        return try reader.nextOctets()
    }
}

extension LDAPConnection {
    /// The next page of a search.
    ///
    /// - Parameters:
    ///   - size: entries.
    ///   - cookie: of the page before; nil for the first.
    /// - Throws: whatever the server says but success.
    package func page(
        _ request: SearchRequest,
        size: Int,
        after cookie: [UInt8]?,
        deadline: Duration = usualDeadline
    ) async throws(LDAPError) -> SearchPage {
        let instant = ContinuousClock.now + deadline
        let control = PagedResults.request(size: size, cookie: cookie ?? [])
        let stream = try start(request, [control], operation: "search", until: instant)
        var entries: [SearchEntry] = []
        var references = 0
        while true {
            switch try await nextMessages(of: stream.id, until: instant) {
            case .batch(let messages):
                references += messages.count { $0.tag == ServerMessage.searchReference }
                entries += try server.decoding("search") { () throws(BERError) in
                    var batch: [SearchEntry] = []
                    for message in messages where message.tag == ServerMessage.searchEntry {
                        batch.append(try SearchEntry(message))
                    }
                    return batch
                }
            case .end(let message):
                try OperationResult(of: message, operation: "search", server: server).requireSuccess()
                let next = try server.decoding("search") { () throws(BERError) in
                    try PagedResults.cookie(of: message)
                }
                return SearchPage(entries: entries, cookie: next, references: references)
            }
        }
    }
}
