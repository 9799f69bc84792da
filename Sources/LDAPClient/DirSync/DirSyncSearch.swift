/// What changed since a cookie: of each entry its GUID and those requested attributes that changed, an attribute
/// without values where all are gone. To be read to the end; then ``response`` says where to go on.
package struct DirSyncSearch {
    private var search: ControlledSearch
    /// After the last entry.
    package private(set) var response: DirSyncResponse?

    /// - Parameters:
    ///   - root: of a partition, nothing below it (MS-ADTS, 3.1.1.3.4.1.3).
    ///   - attributes: an entry is told of only where one of these changed.
    ///   - cookie: empty from the beginning.
    /// - Throws: `unavailableCriticalExtension` from a server that does not take the cookie;
    ///   `insufficientAccess` where the account may not replicate and `objectSecurity` is not set.
    package init(
        on connection: LDAPConnection,
        root: DistinguishedName,
        filter: Filter = .present("objectClass"),
        attributes: [AttributeName],
        flags: DirSyncFlags = [],
        cookie: [UInt8],
        deadline: Duration
    ) async throws(LDAPError) {
        search = try await ControlledSearch(
            connection,
            SearchRequest(base: root, filter: filter, attributes: attributes),
            [DirSyncControl.request(flags: flags, cookie: cookie)],
            operation: "dirsync",
            deadline: deadline
        )
    }

    /// - Returns: `nil` after the last entry.
    package mutating func next() async throws(LDAPError) -> [SearchEntry]? {
        if let entries = try await search.next() { return entries }
        if response == nil { response = try search.control(DirSyncControl.oid, DirSyncControl.response) }
        return nil
    }
}
