/// Masked forms of private values: enough for their owner to recognise, too little to reconstruct.
package enum Hint {
    /// What stands for the part that is not shown; its length says nothing.
    package static let mask = "•••"

    package static func of(_ value: String, kind: MethodKind) -> String {
        switch kind {
        case .email: email(value)
        case .mobilePhone: phone(value)
        }
    }

    /// `alice@example.org` → `a•••@•••`: neither the length nor the domain is told.
    private static func email(_ address: String) -> String {
        "\(address.prefix(1))\(mask)@\(mask)"
    }

    /// `+12025550142` → `•••42`: the last two digits.
    private static func phone(_ number: String) -> String {
        "\(mask)\(number.suffix(2))"
    }
}
