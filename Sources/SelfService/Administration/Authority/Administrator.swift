package import Audit
import Identity

/// Who asks on the admin socket: the uid of the peer, and what the configuration lets it do.
package struct Administrator: Sendable, Equatable {
    package struct Grant: Sendable, Equatable {
        package var may: Set<AdminCapability>
        package var over: Reach

        package init(may: Set<AdminCapability>, over: Reach = .everybody) {
            self.may = may
            self.over = over
        }

        func gives(_ capability: AdminCapability) -> Bool { may.contains(capability) || may.contains(.all) }
    }

    package var uid: UInt32
    /// The system's name of the uid; nil where it knows none.
    package var name: String?
    package var grants: [Grant]

    package init(uid: UInt32, name: String?, grants: [Grant]) {
        self.uid = uid
        self.name = name
        self.grants = grants
    }

    package var actor: AuditActor { .administrator(uid: uid) }

    /// Whether there is anybody over whom the capability is held.
    package func may(_ capability: AdminCapability) -> Bool { grants.contains { $0.gives(capability) } }

    package func mayOverEverybody(_ capability: AdminCapability) -> Bool {
        grants.contains { $0.gives(capability) && $0.over == .everybody }
    }

    /// Whether one grant has both: the capability, and somebody of these roles in its reach.
    package func may(_ capability: AdminCapability, over roles: [String]) -> Bool {
        grants.contains { $0.gives(capability) && $0.over.includes(roles: roles) }
    }

    /// Whether the login is the administrator's own.
    package func bears(_ login: String) -> Bool {
        guard let name else { return false }
        return AccountName(name).isSame(as: AccountName(login))
    }
}

/// An account's name, as a system and a directory may write it differently: `Alice`, `alice@example.org`,
/// `EXAMPLE\alice`. Case and outer blanks do not count.
private struct AccountName {
    let full: String
    /// Without the realm.
    let bare: String

    init(_ text: String) {
        full = MatchKey(text).text
        let local = full.split(separator: "\\", omittingEmptySubsequences: false).last ?? full[...]
        bare = String(local.prefix { $0 != "@" })
    }

    /// Realms are compared where both have one: refusing somebody else's account is the smaller mistake.
    func isSame(as other: AccountName) -> Bool {
        full == other.full || bare == other.bare && (bare == full || other.bare == other.full)
    }
}
