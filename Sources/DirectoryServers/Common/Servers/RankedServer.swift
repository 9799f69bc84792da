import LDAPClient

/// A server and how much it is preferred: 0 is the best. Servers of one SRV priority share a rank, and nobody is
/// moved between servers of one rank.
struct RankedServer: Sendable, Hashable {
    var server: LDAPServer
    var rank: Int
}
