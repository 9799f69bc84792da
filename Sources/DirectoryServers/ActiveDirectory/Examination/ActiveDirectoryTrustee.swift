import LDAPClient

/// Who the service account is to a domain controller.
struct ActiveDirectoryTrustee: Sendable {
    /// Its own and those of all its groups, as they stand in access lists.
    let sids: Set<[UInt8]>
    /// S-1-…; empty where the server does not say it.
    let sid: String
    /// `account@domain`.
    let name: String

    init(_ server: ExaminedServer) async {
        let tokens = ActiveDirectoryAttributes.tokenGroups
        let root = try? await server.connection.entry(.root, attributes: [tokens])
        let all = root?.octets(tokens) ?? []
        sids = Set(all)
        // The account comes before its groups.
        let own = all.first.flatMap { SecurityIdentifier($0) }
        sid = own?.text ?? ""
        name = await Self.name(own, server)
    }

    private static func name(_ own: SecurityIdentifier?, _ server: ExaminedServer) async -> String {
        let account: AttributeName = "sAMAccountName"
        guard let own, let context = server.root.defaultNamingContext, let base = try? DistinguishedName(context) else {
            return server.service
        }
        let request = SearchRequest(
            base: base,
            filter: .equal(ActiveDirectoryAttributes.objectSid, octets: own.bytes),
            attributes: [account]
        )
        let found = try? await server.connection.search(request).first?.string(account)
        let labels = context.split(separator: ",").filter { $0.lowercased().hasPrefix("dc=") }.map { $0.dropFirst(3) }
        return "\((found ?? nil) ?? own.text)@\(labels.joined(separator: "."))"
    }
}
