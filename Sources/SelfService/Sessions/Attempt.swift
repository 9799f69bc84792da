/// Something that a stranger can do again and again. It is counted before anything of it is looked at.
package struct Attempt: Sendable, Equatable {
    package enum Kind: Sendable {
        /// A sign-in, the start of a reset, a request for a link.
        case start
        /// An answer to a challenge.
        case answer
    }

    package var kind: Kind
    /// As in ``Caller/network``.
    package var network: String?

    package init(_ kind: Kind, from network: String?) {
        self.kind = kind
        self.network = network
    }

    /// Whether any limit is about it; if not, the vault need not be asked.
    package func isCounted(under limits: Limits) -> Bool {
        network != nil || (kind == .start && limits.attemptsInAll != nil)
    }
}

extension ServiceEnvironment {
    /// Makes whoever comes too often wait. Nobody is locked out by it: the count is that of an address or of everybody,
    /// never of a person, and a minute long.
    func admit(_ kind: Attempt.Kind, from caller: Caller) async throws(ServiceError) {
        let attempt = Attempt(kind, from: caller.network)
        guard attempt.isCounted(under: limits) else { return }
        let wait = try await vault { try await $0.countAttempt(attempt, limits: limits, by: caller.actor) }
        if let wait { throw Self.tooMany(wait) }
    }
}
