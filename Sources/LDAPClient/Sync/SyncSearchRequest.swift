/// A search whose content is followed (RFC 4533, 2.2).
package struct SyncSearchRequest: Sendable {
    package enum Mode: Int, Sendable {
        /// Ends when the content is up to date.
        case refreshOnly = 1
        /// Goes on with the changes as they happen.
        case refreshAndPersist = 3
    }

    package var search: SearchRequest
    package var mode: Mode
    /// Where to go on from; `nil` for the whole content.
    package var cookie: [UInt8]?

    package init(search: SearchRequest, mode: Mode, cookie: [UInt8]? = nil) {
        self.search = search
        self.mode = mode
        self.cookie = cookie
    }
}

extension LDAPConnection {
    /// Starts to follow a search. There is no deadline: in the persist phase silence is normal, and
    /// ``rootDSE(deadline:)`` on the same connection tells whether the server still lives.
    package func sync(_ request: SyncSearchRequest) throws(LDAPError) -> SyncBatches {
        let control = SyncControls.request(request.mode, cookie: request.cookie)
        let stream = try start(
            request.search,
            [control],
            operation: "sync",
            until: .now + Self.usualDeadline
        )
        return SyncBatches(stream: stream)
    }
}
