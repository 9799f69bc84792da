import DaemonConfiguration
import LocalServer
import SelfService

/// The two sockets: those that systemd passed, or else our own.
struct SocketParts {
    let frontend: ListeningSocket
    let admin: ListeningSocket

    /// - Throws: ``StartError`` when a path is taken by something that is not a socket, or is in use.
    init(_ sockets: Settings.Sockets, passed: ListenDescriptors) throws {
        do {
            frontend = try Self.socket("frontend", path: sockets.frontend, passed: passed)
            admin = try Self.socket("admin", path: sockets.admin, passed: passed)
        } catch {
            throw StartError.failure("\(error)")
        }
    }

    private static func socket(
        _ name: String,
        path: String,
        passed: ListenDescriptors
    ) throws(SocketError) -> ListeningSocket {
        if let descriptor = passed[name].first { return try .inherited(descriptor: descriptor) }
        return try .bound(path: path, group: "latchkey-\(name)")
    }
}

extension FrontendPeer {
    init(_ frontend: Settings.Frontend) {
        self.init(
            name: frontend.name,
            uid: frontend.uid,
            may: Set(frontend.may.compactMap(FrontendCapability.init(rawValue:)))
        )
    }
}

extension AdministratorGrant {
    init(_ administrator: Settings.Administrator) {
        let subject: Subject =
            switch administrator.who {
            case .group(let gid): .group(gid)
            case .user(let uid): .user(uid)
            }
        self.init(
            subject,
            may: Set(administrator.may.compactMap(AdminCapability.init(rawValue:))),
            over: administrator.over
        )
    }
}
