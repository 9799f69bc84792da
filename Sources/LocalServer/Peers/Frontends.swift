import SelfService
import Synchronization

/// The front ends by uid, as the configuration in force has them.
final class Frontends: Sendable {
    private let peers: Mutex<[UInt32: FrontendPeer]>

    init(_ peers: [FrontendPeer]) {
        self.peers = Mutex(Self.byUser(peers))
    }

    func replace(_ peers: [FrontendPeer]) { self.peers.withLock { $0 = Self.byUser(peers) } }

    /// Where two share a uid the first one is meant: the kernel cannot tell them apart.
    private static func byUser(_ peers: [FrontendPeer]) -> [UInt32: FrontendPeer] {
        Dictionary(peers.map { ($0.uid, $0) }) { first, _ in first }
    }

    func peer(_ credentials: PeerCredentials) throws(Refusal) -> FrontendPeer {
        if let peer = peers.withLock({ $0[credentials.uid] }) { return peer }
        var detail = "No front end of the configuration runs as uid \(credentials.uid)."
        if credentials.uid == PeerCredentials.overflowID {
            detail += " This is the uid that a user namespace shows for everybody: the unit must not set PrivateUsers=."
        }
        throw .notPermitted(detail)
    }

    /// - Parameter capabilities: any one of them is enough.
    func caller(_ context: SocketContext, any capabilities: FrontendCapability...) throws(Refusal) -> Caller {
        let peer = try peer(context.peer)
        guard capabilities.contains(where: peer.may.contains) else {
            let names = capabilities.map(\.rawValue).joined(separator: " or ")
            throw .notPermitted("The front end \(peer.name) lacks the capability \(names).", capability: names)
        }
        var caller = Caller(frontend: peer.name, maySeeTruth: peer.may.contains(.disclose))
        caller.network = context.network
        return caller
    }
}
