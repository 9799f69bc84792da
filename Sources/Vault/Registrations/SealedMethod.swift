import Foundation
import SelfService

/// A method as it is sealed. All of it: whoever can write to the file cannot make a method verified either.
struct SealedMethod: BrieflyKept {
    var kind: MethodKind
    var value: String
    var label: String
    var state: RegisteredMethod.State
    var isDefault: Bool
    var addedAt: Milliseconds
    var verifiedAt: Milliseconds?
    /// Of the person, where an earlier version wrote the record.
    var source: RegisteredMethod.Source?
    var changedAt: Milliseconds?
    var provenAt: Milliseconds?
    var secret: MethodSecret?

    /// Seeds, verifiers and passes are opened for as long as they are looked at.
    var mayBeKept: Bool { secret == nil }

    init(_ method: RegisteredMethod) {
        kind = method.kind
        value = method.value
        label = method.label
        state = method.state
        isDefault = method.isDefault
        addedAt = Milliseconds(method.addedAt)
        verifiedAt = method.verifiedAt.map(Milliseconds.init)
        source = method.source
        changedAt = method.changedAt.map(Milliseconds.init)
        provenAt = method.provenAt.map(Milliseconds.init)
        secret = method.secret
    }

    func method(id: String) -> RegisteredMethod {
        RegisteredMethod(
            id: id,
            kind: kind,
            value: value,
            label: label,
            state: state,
            isDefault: isDefault,
            addedAt: addedAt.date,
            verifiedAt: verifiedAt?.date,
            source: source ?? .person,
            changedAt: changedAt?.date,
            provenAt: provenAt?.date,
            secret: secret
        )
    }
}
