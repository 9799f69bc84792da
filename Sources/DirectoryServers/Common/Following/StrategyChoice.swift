import Identity
import LDAPClient
import Synchronizer

/// Chooses how a server is followed, from its root DSE.
struct StrategyChoice: Sendable {
    let settings: DirectorySettings
    let clock: any WallClock

    /// - Throws: ``FeedError`` where nothing that is built follows this server.
    func strategy(_ root: RootDSE, server: String) throws(FeedError) -> any FollowingStrategy {
        let product = settings.product ?? DirectoryProduct(root)
        switch product {
        case .openLDAP where root.supportsContentSync:
            return OpenLDAPContentSync(settings: settings, clock: clock)
        case .openLDAP:
            throw FeedError(
                .unsupported,
                server: server,
                detail: "the server does not offer content synchronisation (RFC 4533); "
                    + "on slapd, add `overlay syncprov` to the database"
            )
        case .directoryServer389, .activeDirectory, .other:
            throw FeedError(.unsupported, server: server, detail: "\(product.title) cannot be followed yet")
        }
    }
}
