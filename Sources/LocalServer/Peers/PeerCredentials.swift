import CPlatform
import Glibc
import NIOCore

/// Who is at the other end, as the kernel noted when they connected (SO_PEERCRED, unix(7)).
package struct PeerCredentials: Sendable, Hashable {
    /// Effective ids.
    package var uid: UInt32
    package var gid: UInt32

    package init(uid: UInt32, gid: UInt32) {
        self.uid = uid
        self.gid = gid
    }

    /// What a peer looks like from within a user namespace (`PrivateUsers=`) that does not map them.
    static let overflowID: UInt32 = 65534

    static func of(_ channel: any Channel) async throws -> PeerCredentials {
        guard let provider = channel as? any SocketOptionProvider else { throw NoCredentials() }
        let raw: latchkey_peer_credentials = try await provider.unsafeGetSocketOption(
            level: .socket,
            name: NIOBSDSocket.Option(rawValue: SO_PEERCRED)
        ).get()
        return PeerCredentials(uid: raw.uid, gid: raw.gid)
    }
}

/// The channel is not a socket.
struct NoCredentials: Error {}
