import Glibc
import NIOPosix
import SelfService

/// Decides what a peer of the admin socket may do.
actor Administrators {
    /// How long what the user database said is believed.
    private static let memory: Duration = .seconds(60)
    /// How many peers are remembered.
    private static let memoryLimit = 256

    private struct Known {
        var name: String?
        var groups: Set<UInt32>
        var until: ContinuousClock.Instant
    }

    private var grants: [AdministratorGrant]
    /// May do everything while there are no grants: root, and the owner of the socket, who is the daemon.
    private let owners: Set<UInt32>
    private var known: [PeerCredentials: Known] = [:]

    init(_ grants: [AdministratorGrant], owner: UInt32 = geteuid()) {
        self.grants = grants
        owners = [0, owner]
    }

    func replace(_ grants: [AdministratorGrant]) {
        self.grants = grants
        known.removeAll()
    }

    /// Whether the peer is an administrator at all.
    func admit(_ peer: PeerCredentials) async throws(Refusal) {
        guard await !administrator(peer).grants.isEmpty else {
            throw .notPermitted("The user with uid \(peer.uid) is not among the administrators of the configuration.")
        }
    }

    /// - Returns: the administrator, who holds the capability over somebody; over everybody where it does not concern
    ///   people, or where `everybody` says so.
    @discardableResult
    func require(
        _ capability: AdminCapability,
        of peer: PeerCredentials,
        overEverybody: Bool = false
    ) async throws(Refusal) -> Administrator {
        let administrator = await administrator(peer)
        guard administrator.may(capability) else {
            throw .notPermitted(
                "The user with uid \(peer.uid) lacks the capability \(capability.rawValue).",
                capability: capability.rawValue
            )
        }
        let needsAll = overEverybody || !capability.concernsPeople
        guard !needsAll || administrator.mayOverEverybody(capability) else {
            throw .notPermitted(
                "The user with uid \(peer.uid) has the capability \(capability.rawValue) over some roles only, "
                    + "and this is about everybody.",
                capability: capability.rawValue
            )
        }
        return administrator
    }

    /// The peer, with what the configuration lets it do.
    func administrator(_ peer: PeerCredentials) async -> Administrator {
        let known = await look(up: peer)
        return Administrator(uid: peer.uid, name: known.name, grants: held(by: peer, known.groups.union([peer.gid])))
    }

    private func held(by peer: PeerCredentials, _ groups: Set<UInt32>) -> [Administrator.Grant] {
        guard !grants.isEmpty else { return owners.contains(peer.uid) ? [.init(may: [.all])] : [] }
        return grants.filter { grant in
            switch grant.subject {
            case .user(let uid): uid == peer.uid
            case .group(let gid): groups.contains(gid)
            }
        }.map { .init(may: $0.may, over: $0.over) }
    }

    private func look(up peer: PeerCredentials) async -> Known {
        if let found = known[peer], found.until > .now { return found }
        // The database may be a directory: it blocks on a thread of its own.
        let found = try? await NIOThreadPool.singleton.runIfActive {
            let name = UserDatabase.name(ofUser: peer.uid)
            return (name, name.map { UserDatabase.groups(ofUser: $0, primary: peer.gid) } ?? [peer.gid])
        }
        let entry = Known(name: found?.0, groups: found?.1 ?? [peer.gid], until: .now + Self.memory)
        if known.count >= Self.memoryLimit { known.removeAll() }
        known[peer] = entry
        return entry
    }
}
