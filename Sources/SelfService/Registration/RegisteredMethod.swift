package import Foundation
package import Identity

/// One method of one person, opened: `value` is private and leaves the daemon only towards its owner
/// after a fresh proof, or as the destination of a message.
package struct RegisteredMethod: Sendable, Equatable {
    package enum State: String, Sendable, Codable, CaseIterable {
        /// Possession was proven, or the directory or an administrator vouches for it.
        case verified
        case unverified
        /// A value from the directory, an import or an administrator: nothing until possession is proven.
        case candidate
    }

    /// Where a method came from (NIST SP 800-63B-4, 4.1 asks to record it).
    package enum Source: String, Sendable, Codable, CaseIterable {
        case person, administrator, directory, imported
    }

    /// Opaque, unique in the vault.
    package var id: String
    package var kind: MethodKind
    /// The address, or the number in E.164 form with its extension; empty for kinds without.
    package var value: String
    package var label: String
    package var state: State
    package var isDefault: Bool
    package var addedAt: Date
    package var verifiedAt: Date?
    package var source: Source
    /// When a trusted value of the directory changed to this one; its cooling-off begins then.
    package var changedAt: Date?
    /// When the person proved it, where it came from somebody else.
    package var provenAt: Date?
    /// What answers are compared with, for kinds that have it.
    package var secret: MethodSecret?

    package init(
        id: String,
        kind: MethodKind,
        value: String,
        label: String,
        state: State,
        isDefault: Bool,
        addedAt: Date,
        verifiedAt: Date? = nil,
        source: Source = .person,
        changedAt: Date? = nil,
        provenAt: Date? = nil,
        secret: MethodSecret? = nil
    ) {
        self.id = id
        self.kind = kind
        self.value = value
        self.label = label
        self.state = state
        self.isDefault = isDefault
        self.addedAt = addedAt
        self.verifiedAt = verifiedAt
        self.source = source
        self.changedAt = changedAt
        self.provenAt = provenAt
        self.secret = secret
    }

    /// Whether it counts by the person's own proof, and not because somebody vouches for it. What is imported counts by
    /// no other way.
    package var isProven: Bool {
        guard state == .verified else { return false }
        return switch source {
        case .person, .imported: true
        case .administrator, .directory: provenAt != nil
        }
    }

    /// Where a challenge is sent: a number without its extension, a device's push token.
    package var destination: String {
        if case .device(let device) = secret { return device.pushToken }
        return kind.isPhone ? PhoneNumber(stored: value).number : value
    }

    /// What the person and the helpdesk may see of it without a fresh proof.
    package var hint: String { Hint.of(value, kind: kind) }
}

extension RegisteredMethod: CustomStringConvertible, CustomDebugStringConvertible {
    package var description: String { "\(kind.rawValue) \(id)" }
    package var debugDescription: String { description }
}

/// Everything that the vault keeps of one person's registration.
package struct StoredRegistration: Sendable, Equatable {
    package var person: EntryID
    package var methods: [RegisteredMethod]
    /// When the registration first met its policy.
    package var completedAt: Date?
    /// When the person last said that everything is still theirs.
    package var confirmedAt: Date?
    /// Since when resets and changes are refused, until an administrator lifts it.
    package var frozenAt: Date?
    /// The policies that the person was under lately, the latest first.
    package var recentPolicies: [RecentPolicy]
    /// Since when an administrator wants everything confirmed; nil once it is.
    package var confirmationRequiredAt: Date?

    package init(
        person: EntryID,
        methods: [RegisteredMethod] = [],
        completedAt: Date? = nil,
        confirmedAt: Date? = nil,
        frozenAt: Date? = nil,
        recentPolicies: [RecentPolicy] = [],
        confirmationRequiredAt: Date? = nil
    ) {
        self.recentPolicies = recentPolicies
        self.person = person
        self.methods = methods
        self.completedAt = completedAt
        self.confirmedAt = confirmedAt
        self.frozenAt = frozenAt
        self.confirmationRequiredAt = confirmationRequiredAt
    }
}
