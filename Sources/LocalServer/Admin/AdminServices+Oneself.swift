import Audit
import SelfService

extension AdminServices {
    /// Nobody acts on themselves: the helpdesk's own locks are opened by somebody else.
    func refuseOneself(login: String, peer: PeerCredentials) async throws {
        if await administrators.administrator(peer).bears(login) {
            throw Refusal.notPermitted("Nobody acts on their own account. Ask another administrator.")
        }
    }
}

extension SocketContext {
    /// The peer, as the audit names them.
    var actor: AuditActor { .administrator(uid: peer.uid) }
}
