import DaemonConfiguration
import Synchronizer

/// A front end is told by the uid of its process, so that must be nobody else's.
struct FrontendsExamination {
    let frontends: [Settings.Frontend]
    let administrators: [Settings.Administrator]
    /// Whose the vault is; nil where that is not known yet.
    let daemon: UInt32?

    init(frontends: [Settings.Frontend], administrators: [Settings.Administrator], daemon: UInt32?) {
        self.frontends = frontends
        self.administrators = administrators
        self.daemon = daemon
    }

    init(_ settings: Settings, daemon: UInt32?) {
        self.init(frontends: settings.frontends, administrators: settings.administrators, daemon: daemon)
    }

    func findings() -> [Finding] {
        let shared = frontends.indices.compactMap(finding)
        guard shared.isEmpty else { return shared }
        let text = frontends.isEmpty ? "there is none" : "each has a uid that is nobody else's"
        return [Finding(.frontends, "front ends", .fine, text)]
    }

    private func finding(_ index: Int) -> Finding? {
        let frontend = frontends[index]
        func shares(_ verdict: Finding.Verdict, _ whom: String) -> Finding {
            Finding(
                .frontends,
                frontend.name,
                verdict,
                "its uid \(frontend.uid) is that of \(whom)",
                remedy: "Run it as a user of its own.",
                pastes: [Finding.Paste("as root", "useradd --system --user-group latchkey-\(frontend.name)")]
            )
        }
        if let other = frontends[..<index].first(where: { $0.uid == frontend.uid }) {
            return shares(.failure, "the front end \(other.name): each may do what the other may")
        }
        if frontend.uid == daemon { return shares(.warning, "the daemon: it may read the vault") }
        if frontend.uid == 0 { return shares(.warning, "root: it may do everything on this host") }
        if administrators.contains(where: { $0.who == .user(uid: frontend.uid) }) {
            return shares(.failure, "an administrator: it may do what that one may")
        }
        return nil
    }
}
