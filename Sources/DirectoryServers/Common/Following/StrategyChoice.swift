import Identity
import LDAPClient
import Synchronizer

/// Chooses how a server is followed, from its root DSE, from what is configured and, on Active Directory, from what the
/// service account may do.
struct StrategyChoice: Sendable {
    let settings: DirectorySettings
    let clock: any WallClock
    var rhythm = PollingRhythm()
    var bell = ContactBell()

    /// - Throws: ``FeedError`` where nothing that is built, or allowed, follows this server.
    /// - Parameter connection: bound as the service account, whose rights count.
    func strategy(_ root: RootDSE, on connection: LDAPConnection) async throws -> any FollowingStrategy {
        let product = settings.product ?? DirectoryProduct(root)
        let server = connection.server.uri
        if product == .activeDirectory { return try await activeDirectory(root, on: connection) }
        if settings.follow == .poll { return polling(product, root, Self.asConfigured(product)) }
        switch product {
        case .openLDAP where root.supportsContentSync:
            return OpenLDAPContentSync(settings: settings, clock: clock, bell: bell)
        case .directoryServer389 where root.supportsContentSync:
            return DirectoryServer389ContentSync(settings: settings, clock: clock, bell: bell)
        default:
            let lack = Self.lack(product)
            try refusePolling(lack, server: server)
            return polling(product, root, lack)
        }
    }

    private static func asConfigured(_ product: DirectoryProduct) -> String {
        "\(product.title), which is asked at intervals because `sync.follow` is poll"
    }

    /// Why the server is asked at intervals, and what would change that.
    private static func lack(_ product: DirectoryProduct) -> String {
        switch product {
        case .openLDAP:
            "the server does not offer content synchronisation (RFC 4533); "
                + "on slapd, add `overlay syncprov` to the database"
        case .directoryServer389:
            "the server does not offer content synchronisation (RFC 4533); turn on the plugins "
                + "Content Synchronization and Retro Changelog, the latter with "
                + "nsslapd-attribute: nsuniqueid:targetUniqueId, and restart the server"
        case .activeDirectory, .other:
            "\(product.title), which is asked at intervals"
        }
    }

    private func refusePolling(_ lack: String, server: String) throws(FeedError) {
        guard settings.follow == .persist else { return }
        throw FeedError(
            .unsupported,
            server: server,
            detail: "`sync.follow` is persist, and the server can only be asked at intervals: \(lack); "
                + "set `sync.follow: auto` to do so"
        )
    }

    private func polling(_ product: DirectoryProduct, _ root: RootDSE, _ reason: String) -> DirectoryPolling {
        DirectoryPolling(
            settings: settings,
            clock: clock,
            product: product,
            root: root,
            rhythm: rhythm,
            reason: reason
        )
    }

    private func activeDirectory(
        _ root: RootDSE,
        on connection: LDAPConnection
    ) async throws -> any FollowingStrategy {
        guard root.supportsDirSync, let name = root.defaultNamingContext,
            let context = try? DistinguishedName(name)
        else {
            throw FeedError(
                .unsupported,
                server: connection.server.uri,
                detail: "the server does not offer DirSync (1.2.840.113556.1.4.841); "
                    + "point `servers` at a domain controller, not at a global catalogue or a lightweight instance"
            )
        }
        let isSamba = root.vendorName?.contains("Samba") == true
        if settings.follow == .poll {
            return polling(context, Self.asConfigured(.activeDirectory))
        }
        let rights = DirSyncRights(root: context, isSamba: isSamba)
        if let lack = try await rights.lack(on: connection) {
            try refusePolling(lack, server: connection.server.uri)
            return polling(context, "\(lack). Until then the server is asked at intervals")
        }
        return ActiveDirectoryDirSync(
            settings: settings,
            clock: clock,
            root: context,
            isSamba: isSamba,
            bell: bell
        )
    }

    private func polling(_ context: DistinguishedName, _ reason: String) -> ActiveDirectoryPolling {
        ActiveDirectoryPolling(settings: settings, clock: clock, root: context, rhythm: rhythm, reason: reason)
    }
}
