/// Which proofs are really two: those that rest on different things.
package enum Independence {
    /// What the proof of a method rests on. Two methods that share anything of it are one gate.
    ///
    /// Two addresses may be one mailbox and two mobile numbers one device: one kind counts once. One number's text
    /// and call are one, whatever kinds it is registered as. An app's codes and its notifications live on one device.
    package static func resources(_ kind: MethodKind, value: String) -> Set<String> {
        switch kind {
        case .authenticator, .appNotification: ["app"]
        case .mobilePhone, .alternatePhone, .officePhone:
            value.isEmpty ? [kind.rawValue] : [kind.rawValue, PhoneNumber(stored: value).number]
        case .email, .securityQuestions, .recoveryCodes, .accessPass: [kind.rawValue]
        }
    }

    /// The most gates that these methods can pass together.
    package static func gates(_ methods: [RegisteredMethod]) -> Int {
        let proofs = methods.map { (kind: $0.kind, resources: resources($0.kind, value: $0.value)) }
        let first = most(proofs.filter { !$0.kind.comesSecond }.map(\.resources))
        // What only comes second adds to something that came first.
        let all = most(proofs.map(\.resources))
        return first == 0 ? 0 : all
    }

    /// The most gates that methods of these kinds can pass together, each on a thing of its own.
    package static func gates(ofKinds kinds: [MethodKind]) -> Int {
        let sets = { (kinds: [MethodKind]) in most(kinds.map { resources($0, value: "") }) }
        return sets(kinds.filter { !$0.comesSecond }) == 0 ? 0 : sets(kinds)
    }

    /// The size of the largest choice of pairwise disjoint sets. There are few: a person has at most
    /// ``RegistrationService/methodLimit`` methods, and of one kind only one is chosen.
    private static func most(_ sets: [Set<String>]) -> Int {
        guard let first = sets.first else { return 0 }
        let rest = Array(sets.dropFirst())
        let compatible = rest.filter { $0.isDisjoint(with: first) }
        // Sets that only conflict with equal ones need no second try.
        guard rest.contains(where: { !$0.isDisjoint(with: first) && $0 != first }) else { return 1 + most(compatible) }
        return max(1 + most(compatible), most(rest))
    }
}

extension MethodKind {
    /// Whether it is never the first proof, and so never the only one: questions, and a pass.
    package var comesSecond: Bool { self == .securityQuestions || self == .accessPass }
}
