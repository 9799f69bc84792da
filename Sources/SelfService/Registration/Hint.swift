/// Masked forms of private values: enough for their owner to recognise, too little to reconstruct. Each kind has
/// its own form (``MethodType/hint(_:)``), and always the same one: two hints of one value tell no more than one.
package enum Hint {
    /// What stands for the part that is not shown; its length says nothing.
    package static let mask = "•••"

    package static func of(_ value: String, kind: MethodKind) -> String { kind.type.hint(value) }
}
