/// A search that never ends and tells of each entry that changes below a partition's root, also of those that are
/// deleted (MS-ADTS, 3.1.1.3.4.1.9). It has no position: it is good for waking up, and for nothing else.
package struct ChangeNotification: Sendable {
    private let stream: MessageStream

    private static let notify = RequestControl(oid: "1.2.840.113556.1.4.528", isCritical: true, value: nil)

    /// - Throws: nothing of the server's: it answers when something changes, or refuses in ``next()``.
    package init(on connection: LDAPConnection, root: DistinguishedName) async throws(LDAPError) {
        stream = try await connection.start(
            SearchRequest(base: root, attributes: ["objectGUID"]),
            [Self.notify, .showDeleted],
            operation: "notification",
            until: .now + LDAPConnection.usualDeadline
        )
    }

    /// Waits until something has changed since the last call.
    /// - Throws: what the server says where it ends the search, success too.
    package func next() async throws(LDAPError) {
        let server = stream.connection.server
        guard case .end(let message) = try await stream.connection.nextMessages(of: stream.id, until: nil) else {
            return
        }
        let result = try OperationResult(of: message, operation: "notification", server: server)
        try result.requireSuccess()
        throw LDAPError(.other, operation: "notification", server: server.uri, diagnostic: "the server ended it")
    }
}

extension RequestControl {
    /// LDAP_SERVER_SHOW_DELETED_OID: deleted entries as well.
    static let showDeleted = RequestControl(oid: "1.2.840.113556.1.4.417", isCritical: true, value: nil)
}

extension LDAPConnection {
    /// Whether the account may read this entry, where deleted ones are shown. Samba shows the names of some that
    /// may not be read.
    package func seesAmongDeleted(_ dn: DistinguishedName) async throws(LDAPError) -> Bool {
        let request = SearchRequest(base: dn, scope: .base, attributes: ["objectGUID"])
        do throws(LDAPError) {
            var search = try await ControlledSearch(
                self,
                request,
                [.showDeleted],
                operation: "search",
                deadline: Self.usualDeadline
            )
            var isReadable = false
            while let entries = try await search.next() {
                if entries.contains(where: { $0.objectGUID != nil }) { isReadable = true }
            }
            return isReadable
        } catch {
            guard error.code == .noSuchObject || error.code == .insufficientAccess else { throw error }
            return false
        }
    }
}
