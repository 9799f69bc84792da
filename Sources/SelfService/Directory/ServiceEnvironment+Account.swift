import Foundation
import Identity

extension ServiceEnvironment {
    /// Reads an account live, and asks the mirror whether its roles are in doubt. Both are asked for whoever it is.
    func account(_ id: EntryID) async throws(ServiceError) -> LiveAccount? {
        let live = try await live { directory throws(DirectoryFailure) in try await directory.account(id) }
        let mirrored = try await mirror { try await $0.mirroredRoles(of: id) }
        guard var account = live else { return nil }
        // Neither side says what the person may do: then nobody can say it.
        guard account.areRolesRead || mirrored != nil else { throw Self.directoryUnavailable }
        account.doubt = RoleDoubt.of(live: account.areRolesRead ? account.user.roles : nil, mirrored: mirrored)
        return account
    }

    /// Which policy holds for the account now. Nil: none, and nothing is offered.
    func standing(of account: LiveAccount, _ stored: StoredRegistration) -> PolicyStanding? {
        PolicyStanding.of(account, recent: stored.recentPolicies, policies: policies, now: clock.now)
    }
}
