import Hummingbird
import NIOCore

/// What a handler knows of the request beside itself.
struct SocketContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    let channel: any Channel
    /// Set by ``PeerGate`` before any handler of the API runs.
    private(set) var peer = PeerCredentials(uid: PeerCredentials.overflowID, gid: PeerCredentials.overflowID)

    init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        channel = source.channel
    }

    /// As in `Caller.network`.
    private(set) var network: String?

    func from(_ peer: PeerCredentials, at network: String?) -> SocketContext {
        var context = self
        context.peer = peer
        context.network = network
        return context
    }
}
