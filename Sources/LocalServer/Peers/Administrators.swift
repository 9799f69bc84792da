import Glibc
import NIOPosix

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

    private let grants: [AdministratorGrant]
    /// May do everything while there are no grants: root, and the owner of the socket, who is the daemon.
    private let owners: Set<UInt32>
    private var known: [PeerCredentials: Known] = [:]

    init(_ grants: [AdministratorGrant], owner: UInt32 = geteuid()) {
        self.grants = grants
        owners = [0, owner]
    }

    /// Whether the peer is an administrator at all.
    func admit(_ peer: PeerCredentials) async throws(Refusal) {
        guard await !capabilities(of: peer).isEmpty else {
            throw .notPermitted("The user with uid \(peer.uid) is not among the administrators of the configuration.")
        }
    }

    func require(_ capability: AdminCapability, of peer: PeerCredentials) async throws(Refusal) {
        let held = await capabilities(of: peer)
        guard held.contains(.all) || held.contains(capability) else {
            throw .notPermitted(
                "The user with uid \(peer.uid) lacks the capability \(capability.rawValue).",
                capability: capability.rawValue
            )
        }
    }

    /// The system's name of the peer, to tell whether they act on themselves.
    func name(of peer: PeerCredentials) async -> String? {
        await look(up: peer).name
    }

    private func capabilities(of peer: PeerCredentials) async -> Set<AdminCapability> {
        guard !grants.isEmpty else { return owners.contains(peer.uid) ? [.all] : [] }
        var held: Set<AdminCapability> = []
        var groups: Set<UInt32> = [peer.gid]
        if grants.contains(where: { if case .group = $0.subject { true } else { false } }) {
            groups.formUnion(await look(up: peer).groups)
        }
        for grant in grants {
            switch grant.subject {
            case .user(peer.uid): held.formUnion(grant.may)
            case .group(let id) where groups.contains(id): held.formUnion(grant.may)
            default: break
            }
        }
        return held
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
