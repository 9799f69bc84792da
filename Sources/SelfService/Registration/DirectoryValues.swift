package import Identity

/// What the directory knows of a person that could be a method of theirs.
package enum DirectoryValues {
    /// Values in a form that can be used; what cannot be read as an address or a number is left out.
    package static func of(_ user: User, under policy: Policy) -> [DirectoryValue] {
        usable(of: user).compactMap { kind, value in
            guard policy.allows(kind) else { return nil }
            return DirectoryValue(kind: kind, value: value, isTrusted: policy.trustDirectory.contains(kind))
        }
    }

    /// All values, whatever a policy makes of them.
    static func usable(of user: User) -> [(kind: MethodKind, value: String)] {
        [
            (MethodKind.email, user.email.flatMap { try? EmailAddress.normalized($0) }),
            (.mobilePhone, user.mobilePhone.flatMap { PhoneNumber(inDirectory: $0)?.number }),
            (.officePhone, user.officePhone.flatMap { PhoneNumber(inDirectory: $0)?.stored }),
        ].compactMap { kind, value in value.map { (kind, $0) } }
    }

    /// Whether the vault would change anything: most readings change nothing and must cost no write.
    package static func differ(_ values: [DirectoryValue], from methods: [RegisteredMethod]) -> Bool {
        let known = methods.filter { $0.source == .directory && !$0.isProven }
        guard
            known.allSatisfy({ method in
                values.contains {
                    $0.kind == method.kind && $0.value == method.value
                        && $0.isTrusted == (method.state == .verified)
                }
            })
        else { return true }
        return values.contains { value in
            let same = methods.filter { $0.kind == value.kind }
            if value.isTrusted { return !same.contains { $0.value == value.value && $0.state == .verified } }
            return same.isEmpty
        }
    }
}
