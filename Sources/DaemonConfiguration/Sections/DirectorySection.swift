import DirectoryServers
import LDAPClient

/// `directory:`
struct DirectorySection {
    private static let serversMax = 16

    private let fields: Fields

    static func read(_ value: Value) -> Settings.Directory? {
        let keys = ["servers", "product", "tls", "bind", "passwordWrite", "failover", "followWriteReferrals"]
        return value.fields(keys).flatMap { DirectorySection(fields: $0).settings() }
    }

    private func settings() -> Settings.Directory? {
        let product = fields["product"]?.word(["auto", "openldap", "389ds", "active-directory"])
        let tls = fields["tls"].flatMap(Self.tls) ?? TLSOptions()
        let servers = fields.required("servers").flatMap { serverList($0, tls) }
        let bind = fields.required("bind").flatMap { BindSection.read($0, servers ?? []) }
        let write = fields["passwordWrite"]?.word(["auto", "modify", "password-modify"])
        let failover = fields["failover"].map(Self.failover) ?? FailoverRules()
        guard let servers, let bind else { return nil }
        return Settings.Directory(
            servers: servers,
            product: product.flatMap { DirectoryProduct(rawValue: $0) },
            tls: tls,
            bind: bind,
            failover: failover,
            passwordWrite: Self.writes[write ?? ""],
            followWriteReferrals: Set(fields["followWriteReferrals"]?.list(Self.host) ?? [])
        )
    }

    /// A referral names its port itself.
    private static func host(_ value: Value) -> String? {
        guard let text = value.text() else { return nil }
        guard !text.isEmpty, !text.contains(where: { "/ :@".contains($0) }) || text.hasPrefix("[") else {
            return value.wrong("expected the name of a host, without ldaps:// and without a port")
        }
        return text.lowercased()
    }

    private static func failover(_ value: Value) -> FailoverRules {
        var rules = FailoverRules()
        guard let fields = value.fields(["returnAfter", "probeEvery"]) else { return rules }
        if let seconds = fields["returnAfter"]?.span(in: 1...86400) { rules.returnAfter = .seconds(seconds) }
        if let seconds = fields["probeEvery"]?.span(in: 1...3600) { rules.probeEvery = .seconds(seconds) }
        return rules
    }

    private static let writes: [String: DirectorySettings.PasswordWrite] = [
        "modify": .modify, "password-modify": .passwordModify,
    ]

    private static func tls(_ value: Value) -> TLSOptions? {
        guard let fields = value.fields(["ca", "startTLS"]) else { return nil }
        var options = TLSOptions()
        if let path = fields["ca"]?.absolutePath() { options.certificateAuthorities = path }
        if let flag = fields["startTLS"]?.flag() { options.startTLS = flag }
        return options
    }

    private func serverList(_ value: Value, _ tls: TLSOptions) -> [ServerSource]? {
        guard let items = value.items() else { return nil }
        guard (1...Self.serversMax).contains(items.count) else {
            return value.wrong("expected 1 to \(Self.serversMax) servers, the preferred one first")
        }
        return items.compactMap { item in
            guard let server = item.server() else { return nil }
            if Self.isClear(server), !tls.startTLS {
                item.fault("would send passwords in clear over the network; use ldaps:// or tls: { startTLS: true }")
            }
            return server
        }
    }

    private static func isClear(_ source: ServerSource) -> Bool {
        guard case .named(let server) = source, case .ldap(let host, _) = server.transport else { return false }
        return !Loopback.contains(host)
    }
}
