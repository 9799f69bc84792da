package import Identity
package import SelfService
import Synchronization

/// The living directory of the configuration in force. What is under way when that changes goes on with the former one.
package final class ReplaceableDirectory: DirectoryAccounts {
    private let state: Mutex<LiveDirectory>

    package init(_ directory: LiveDirectory) {
        state = Mutex(directory)
    }

    package var current: LiveDirectory { state.withLock { $0 } }

    /// Closes the idle connections of the former one.
    package func replace(_ directory: LiveDirectory) async {
        let former = state.withLock { current in
            defer { current = directory }
            return current
        }
        await former.close()
    }

    package func verify(
        _ password: Password,
        of user: User?
    ) async throws(DirectoryFailure) -> PasswordVerdict {
        try await current.verify(password, of: user)
    }

    package func account(_ id: EntryID) async throws(DirectoryFailure) -> LiveAccount? {
        try await current.account(id)
    }

    package func write(
        _ password: Password,
        to account: LiveAccount,
        mustChange: Bool
    ) async throws(DirectoryFailure) -> WriteOutcome {
        try await current.write(password, to: account, mustChange: mustChange)
    }

    package func unlock(_ account: LiveAccount) async throws(DirectoryFailure) -> WriteOutcome {
        try await current.unlock(account)
    }

    package func lockoutThreshold() async throws(DirectoryFailure) -> Int? {
        try await current.lockoutThreshold()
    }

    package func passwordRules(
        for account: LiveAccount
    ) async throws(DirectoryFailure) -> DirectoryPasswordRules {
        try await current.passwordRules(for: account)
    }
}
