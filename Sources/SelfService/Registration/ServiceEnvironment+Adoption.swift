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
        let changed = values.first(where: \.isTrusted).map { Notice.valueChanged($0.kind) }
        let id = account.user.id
        try await vault { try await $0.adopt(values, for: id, changed: changed) }
        wakeCourier()
        return try await vault { try await $0.registration(of: id) }
    }
}
