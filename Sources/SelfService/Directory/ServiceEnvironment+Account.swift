import Foundation
import Identity

extension LiveAccount {
    /// Changes with every change of the password; empty where the directory keeps no such mark.
    var passwordStamp: String { marker.passwordChangedAt ?? "" }
}

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

    /// What is bound to a password ends with it, whoever changed it and where (ASVS 5.0, 7.4.3).
    /// - Parameter stamp: of the account when the session, the link or the pass began; nil: none was kept.
    func requirePassword(_ stamp: String?, of account: LiveAccount) throws(ServiceError) {
        guard stamp == nil || stamp == account.passwordStamp else { throw Self.deadToken }
    }

    /// Which policy holds for the account now. Nil: none, and nothing is offered.
    func standing(of account: LiveAccount, _ stored: StoredRegistration) -> PolicyStanding? {
        PolicyStanding.of(account, recent: stored.recentPolicies, policies: policies, now: clock.now)
    }
}
