import Foundation
import SelfService

/// A method as it is sealed. All of it: whoever can write to the file cannot make a method verified either.
struct SealedMethod: Codable {
    var kind: MethodKind
    var value: String
    var label: String
    var state: RegisteredMethod.State
    var isDefault: Bool
    var addedAt: Milliseconds
    var verifiedAt: Milliseconds?

    init(_ method: RegisteredMethod) {
        kind = method.kind
        value = method.value
        label = method.label
        state = method.state
        isDefault = method.isDefault
        addedAt = Milliseconds(method.addedAt)
        verifiedAt = method.verifiedAt.map(Milliseconds.init)
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
            verifiedAt: verifiedAt?.date
        )
    }
}
