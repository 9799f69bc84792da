package import Foundation
package import Identity

/// One method of one person, opened: `value` is private and leaves the daemon only towards its owner
/// after a fresh proof, or as the destination of a message.
package struct RegisteredMethod: Sendable, Equatable {
    package enum State: String, Sendable, Codable {
        /// Possession was proven.
        case verified
        case unverified
    }

    /// Opaque, unique in the vault.
    package var id: String
    package var kind: MethodKind
    /// The address, or the number in E.164 form.
    package var value: String
    package var label: String
    package var state: State
    package var isDefault: Bool
    package var addedAt: Date
    package var verifiedAt: Date?

    package init(
        id: String,
        kind: MethodKind,
        value: String,
        label: String,
        state: State,
        isDefault: Bool,
        addedAt: Date,
        verifiedAt: Date? = nil
    ) {
        self.id = id
        self.kind = kind
        self.value = value
        self.label = label
        self.state = state
        self.isDefault = isDefault
        self.addedAt = addedAt
        self.verifiedAt = verifiedAt
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

    package init(
        person: EntryID,
        methods: [RegisteredMethod] = [],
        completedAt: Date? = nil,
        confirmedAt: Date? = nil
    ) {
        self.person = person
        self.methods = methods
        self.completedAt = completedAt
        self.confirmedAt = confirmedAt
    }
}
