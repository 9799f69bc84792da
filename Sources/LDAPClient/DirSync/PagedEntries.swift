/// A search whose answer comes in pages (RFC 2696): Active Directory sends no more than 1,000 entries otherwise.
///
/// The pages are no snapshot: what changes between two of them may be missed, and must be told otherwise.
package struct PagedEntries {
    private let connection: LDAPConnection
    private let request: SearchRequest
    private let pageSize: Int
    private let pageDeadline: Duration
    private var page: ControlledSearch?
    private var cookie: [UInt8] = []
    private var isFinished = false
    /// The continuation references among the entries that ``next()`` gave last.
    package private(set) var references: [ContinuationReference] = []

    /// The least that servers allow by default (MaxPageSize).
    package static let usualPageSize = 1000

    /// - Parameters:
    ///   - pageSize: entries in a page.
    ///   - pageDeadline: for each page.
    package init(
        on connection: LDAPConnection,
        _ request: SearchRequest,
        pageSize: Int = usualPageSize,
        pageDeadline: Duration = LDAPConnection.usualDeadline
    ) {
        self.connection = connection
        self.request = request
        self.pageSize = pageSize
        self.pageDeadline = pageDeadline
    }

    /// Whether nothing of a page is left to be read.
    package var isBetweenPages: Bool { page == nil }

    /// - Returns: `nil` after the last page. May return no entries before that.
    package mutating func next() async throws(LDAPError) -> [SearchEntry]? {
        guard !isFinished else { return nil }
        var current = if let page { page } else { try await nextPage() }
        if let entries = try await current.next() {
            page = current
            references = current.references
            return entries
        }
        references = []
        cookie = try current.control(PagedResults.oid, PagedResults.cookie(_:))
        page = nil
        isFinished = cookie.isEmpty
        return isFinished ? nil : []
    }

    private func nextPage() async throws(LDAPError) -> ControlledSearch {
        try await ControlledSearch(
            connection,
            request,
            [PagedResults.request(size: pageSize, cookie: cookie)],
            operation: "search",
            deadline: pageDeadline
        )
    }
}
