import Foundation
import Identity

extension ServiceEnvironment {
    /// Takes over what the directory has for a person, if that is news. The registration as it is then.
    func adopting(
        _ account: LiveAccount?,
        _ stored: StoredRegistration
    ) async throws(ServiceError) -> StoredRegistration {
        guard let account, let policy = standing(of: account, stored)?.policy else { return stored }
        let values = DirectoryValues.of(account.user, under: policy)
        guard DirectoryValues.differ(values, from: stored.methods) else { return stored }
        let dated = try await dating(values, of: account.user)
        let id = account.user.id
        try await vault { try await $0.adopt(dated, for: id) }
        wakeCourier()
        return try await vault { try await $0.registration(of: id) }
    }

    /// As ``adopting(_:_:)``, where only what may prove something matters: a reset. What is a candidate in any case is
    /// left to the next sign-in, so that a name that is asked for costs as much as one that nobody has.
    func adoptingTrusted(
        _ account: LiveAccount?,
        _ stored: StoredRegistration
    ) async throws(ServiceError) -> StoredRegistration {
        let trusted = account.flatMap { standing(of: $0, stored)?.policy.trustDirectory } ?? []
        let counts = stored.methods.contains { $0.source == .directory && $0.state == .verified && !$0.isProven }
        return trusted.isEmpty && !counts ? stored : try await adopting(account, stored)
    }

    /// Trusted values with when they changed. One that the mirror does not have yet changed just now, and who is not in
    /// the mirror has nothing that stood there long enough to be believed.
    private func dating(_ values: [DirectoryValue], of user: User) async throws(ServiceError) -> [DirectoryValue] {
        guard values.contains(where: \.isTrusted) else { return values }
        // The person first: a time that is read later can only be too new.
        let known = try await mirror { try await $0.person(id: user.id) }
        let times = try await mirror { try await $0.contactTimes(of: user.id) }
        let mirrored = known.map { DirectoryValues.usable(of: $0) } ?? []
        return values.map { value in
            var dated = value
            let isKnown = mirrored.contains { $0.kind == value.kind && $0.value == value.value }
            dated.changedAt = isKnown ? times?.since(value.kind) : clock.now
            return dated
        }
    }
}

extension ContactTimes {
    fileprivate func since(_ kind: MethodKind) -> Date? {
        switch kind {
        case .email: email
        case .mobilePhone: mobilePhone
        case .officePhone: officePhone
        default: nil
        }
    }
}
