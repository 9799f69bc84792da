package import LDAPClient

/// The directory servers that a domain names in DNS: `_ldaps._tcp`, and `_ldap._tcp` where StartTLS protects it
/// or the host is this one.
package struct ServerDiscovery: Sendable {
    /// What was found, the preferred first, and for how long it may be believed.
    package struct Found: Sendable, Equatable {
        /// Those of one priority together.
        package var groups: [[LDAPServer]]
        package var lifetime: Duration
    }

    /// Of one domain.
    static let serversMax = 16
    /// However short-lived the records are, and however long.
    static let lifetimeLeast = Duration.seconds(60)
    static let lifetimeMost = Duration.seconds(3600)

    private let lookup: ServiceLookup

    package init(lookup: ServiceLookup = ServiceLookup()) { self.lookup = lookup }

    /// - Throws: what the resolver said; `connectError` where the domain names no server that may be used.
    package func servers(of domain: ServiceDomain, tls: TLSOptions) async throws(LDAPError) -> Found {
        let secure = try await lookup.records(of: "_ldaps._tcp", in: domain)
        let plain = try await lookup.records(of: "_ldap._tcp", in: domain)
        var random = SystemRandomNumberGenerator()
        return try Self.sorted(secure: secure, plain: plain, domain, tls, using: &random)
    }

    /// What the records mean; no I/O.
    static func sorted(
        secure: [ServiceRecord],
        plain: [ServiceRecord],
        _ domain: ServiceDomain,
        _ tls: TLSOptions,
        using random: inout some RandomNumberGenerator
    ) throws(LDAPError) -> Found {
        let protected = plain.filter { tls.startTLS || isLoopback($0.target) }
        let lists = [("ldaps", secure), ("ldap", protected)].map { scheme, records in
            groups(scheme, ServiceRecord.ordered(records.filter { isTrusted($0, domain) }, using: &random))
        }
        var room = serversMax
        var found: [[LDAPServer]] = []
        for group in lists.joined() where room > 0 {
            found.append(Array(group.prefix(room)))
            room -= group.count
        }
        guard !found.isEmpty else { throw nothing(secure + plain, domain) }
        let shortest = (secure + plain).map(\.timeToLive).min() ?? 0
        return Found(groups: found, lifetime: min(max(.seconds(Int64(shortest)), lifetimeLeast), lifetimeMost))
    }

    private static func groups(_ scheme: String, _ records: [ServiceRecord]) -> [[LDAPServer]] {
        var groups: [(priority: UInt16, servers: [LDAPServer])] = []
        for record in records {
            guard let server = try? LDAPServer("\(scheme)://\(record.target):\(record.port)") else { continue }
            if groups.last?.priority != record.priority { groups.append((record.priority, [])) }
            groups[groups.count - 1].servers.append(server)
        }
        return groups.map(\.servers)
    }

    private static func isTrusted(_ record: ServiceRecord, _ domain: ServiceDomain) -> Bool {
        domain.contains(record.target) || isLoopback(record.target)
    }

    /// This very host: nothing leaves it, whoever wrote the record. The connection still looks at the address.
    private static func isLoopback(_ target: String) -> Bool { target.lowercased() == "localhost" }

    private static func nothing(_ records: [ServiceRecord], _ domain: ServiceDomain) -> LDAPError {
        let foreign = records.filter { !$0.target.isEmpty && !isTrusted($0, domain) }.map(\.target)
        let reason =
            if let host = foreign.first {
                "DNS names \(host), which is not in \(domain) and is not trusted: name it in `servers`"
            } else if records.isEmpty {
                "DNS has no records _ldaps._tcp.\(domain) and _ldap._tcp.\(domain)"
            } else {
                "DNS names only servers without TLS; set tls: { startTLS: true }"
            }
        return LDAPError(.connectError, operation: "discovery", server: "srv:\(domain)", diagnostic: reason)
    }
}
