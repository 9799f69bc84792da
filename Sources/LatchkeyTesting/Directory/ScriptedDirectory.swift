package import Identity
package import SelfService
import Synchronization

/// A directory in memory behind the services' two directory ports, for faults that a real server cannot be
/// made to show, and for tests of rules that need no server.
package final class ScriptedDirectory: LinkedAccounts, PeopleDirectory {
    private struct State {
        var accounts: [EntryID: LiveAccount] = [:]
        var passwords: [EntryID: String] = [:]
        var failure: DirectoryFailure?
        var refusal: RefusalReason?
        var writeFailure: DirectoryFailure?
        var appliesFailedWrites = false
        var rules = DirectoryPasswordRules(minimumLength: 8, history: 3, isComplete: true)
        var calls: [String] = []
        var writes = 0
        var mirrored: [EntryID: MirroredRoles] = [:]
        var contactTimes: [EntryID: ContactTimes] = [:]
        var isMirrorEmpty = false
        /// What the mirror still has of people who have changed.
        var laggards: [EntryID: User] = [:]
    }

    private let state = Mutex(State())

    package init() {}

    /// Adds or replaces a person.
    package func add(_ user: User, password: String = "initial-password-1", isProtected: Bool = false) {
        let marker = AccountMarker(passwordChangedAt: "20260101000000Z", version: nil)
        state.withLock {
            $0.accounts[user.id] = LiveAccount(user: user, marker: marker, isProtected: isProtected)
            $0.passwords[user.id] = password
        }
    }

    /// Since when somebody's addresses and numbers are what they are, as the mirror saw it.
    package func date(_ times: ContactTimes, of id: EntryID) { state.withLock { $0.contactTimes[id] = times } }

    /// Lets the mirror lag behind the directory.
    package func hold(mirrored: User, live: User) {
        change(live.id) { $0.user = live }
        state.withLock { $0.laggards[live.id] = mirrored }
    }

    package func change(_ id: EntryID, _ body: (inout LiveAccount) -> Void) {
        state.withLock { state in
            guard var account = state.accounts[id] else { return }
            body(&account)
            state.accounts[id] = account
        }
    }

    /// What the mirror says of somebody's roles from now on; nil: what the directory says.
    package func mirror(_ roles: MirroredRoles?, of id: EntryID) { state.withLock { $0.mirrored[id] = roles } }

    /// The mirror knows nobody's roles from now on.
    package func forgetMirrored() { state.withLock { $0.isMirrorEmpty = true } }

    /// Lets every call fail from now on, or none.
    package func fail(with failure: DirectoryFailure?) { state.withLock { $0.failure = failure } }
    /// Lets every write fail from now on, or none.
    /// - Parameter applying: whether the write happens although the answer is lost.
    package func failWrites(with failure: DirectoryFailure?, applying: Bool) {
        state.withLock {
            $0.writeFailure = failure
            $0.appliesFailedWrites = applying
        }
    }

    /// Lets every write be refused from now on, or none.
    package func refuse(_ reason: RefusalReason?) { state.withLock { $0.refusal = reason } }
    /// The policy for everybody from now on.
    package func require(_ rules: DirectoryPasswordRules) { state.withLock { $0.rules = rules } }
    package func password(of id: EntryID) -> String? { state.withLock { $0.passwords[id] } }
    /// The names of the calls so far, in order.
    package var calls: [String] { state.withLock { $0.calls } }
    package func forgetCalls() { state.withLock { $0.calls = [] } }
}

// MARK: DirectoryAccounts

extension ScriptedDirectory {
    package func verify(_ password: Password, of user: User?) async throws(DirectoryFailure) -> PasswordVerdict {
        try enter("verify")
        return state.withLock { state in
            guard let user, state.passwords[user.id] == password.text else { return .refused }
            guard let account = state.accounts[user.id], account.user.account.state != .locked else { return .refused }
            return account.mustChange ? .mustChange : .right
        }
    }

    package func account(_ id: EntryID) async throws(DirectoryFailure) -> LiveAccount? {
        try enter("account")
        return state.withLock { $0.accounts[id] }
    }

    package func write(
        _ password: Password,
        to account: LiveAccount,
        mustChange: Bool
    ) async throws(DirectoryFailure) -> WriteOutcome {
        try enter("write")
        let result = state.withLock { state -> Result<WriteOutcome, DirectoryFailure> in
            if let refusal = state.refusal {
                return .success(WriteOutcome(.refused, reason: refusal, server: "scripted"))
            }
            if let failure = state.writeFailure, !state.appliesFailedWrites { return .failure(failure) }
            state.writes += 1
            state.passwords[account.user.id] = password.text
            state.accounts[account.user.id]?.marker.passwordChangedAt = "2026010100000\(state.writes)Z"
            state.accounts[account.user.id]?.user.account = AccountStatus(state: .active)
            if let failure = state.writeFailure { return .failure(failure) }
            var outcome = WriteOutcome(.applied, unlocked: true, server: "scripted")
            outcome.mustChange = mustChange
            outcome.after = state.accounts[account.user.id]?.marker
            return .success(outcome)
        }
        return try result.get()
    }

    package func unlock(_ account: LiveAccount) async throws(DirectoryFailure) -> WriteOutcome {
        try enter("unlock")
        return state.withLock { state in
            state.accounts[account.user.id]?.user.account = AccountStatus(state: .active)
            return WriteOutcome(.applied, unlocked: true, server: "scripted")
        }
    }

    package func lockoutThreshold() async throws(DirectoryFailure) -> Int? {
        try enter("lockoutThreshold")
        return 4
    }

    package func passwordRules(
        for account: LiveAccount
    ) async throws(DirectoryFailure) -> DirectoryPasswordRules {
        try enter("passwordRules")
        return state.withLock { $0.rules }
    }

    private func enter(_ name: String) throws(DirectoryFailure) {
        let failure = state.withLock { state in
            state.calls.append(name)
            return state.failure
        }
        if let failure { throw failure }
    }
}

// MARK: LinkedAccounts

extension ScriptedDirectory {
    package func match(login: String) async throws(DirectoryFailure) -> AccountMatch {
        try enter("match")
        let found = state.withLock { state in state.accounts.values.filter { $0.user.login == login } }
        guard found.count < 2 else { return .several }
        return found.first.map(AccountMatch.one) ?? .none
    }

    package var isAway: Bool {
        get async { state.withLock { $0.failure != nil } }
    }
}

// MARK: PeopleDirectory

extension ScriptedDirectory {
    package func person(login: String) async throws -> User? {
        state.withLock { state in
            let user = state.accounts.values.first { $0.user.login.lowercased() == login.lowercased() }?.user
            return user.map { state.laggards[$0.id] ?? $0 }
        }
    }

    package func person(id: EntryID) async throws -> User? {
        state.withLock { state in state.accounts[id].map { state.laggards[id] ?? $0.user } }
    }

    package func contactTimes(of id: EntryID) async throws -> ContactTimes? {
        state.withLock { state in state.accounts[id].map { _ in state.contactTimes[id] ?? ContactTimes() } }
    }

    package func people(limit: Int, after cursor: String?) async throws -> (people: [User], next: String?) {
        let all = state.withLock { $0.accounts.values.map(\.user) }.sorted { $0.login < $1.login }
        let rest = all.drop { user in cursor.map { user.login <= $0 } ?? false }
        let page = Array(rest.prefix(limit))
        return (page, rest.count > limit ? page.last?.login : nil)
    }

    package func mirroredRoles(of id: EntryID) async throws -> MirroredRoles? {
        state.withLock { state in
            state.isMirrorEmpty
                ? nil
                : state.mirrored[id] ?? state.accounts[id].map { MirroredRoles(all: $0.user.roles) }
        }
    }

    package func people(email: String) async throws -> [User] {
        state.withLock { state in
            state.accounts.values.map(\.user).filter { $0.email?.lowercased() == email.lowercased() }
        }
    }

    package func people(role: String?, after cursor: String?, limit: Int) async throws -> PeoplePage? {
        let all = state.withLock { $0.accounts.values.map(\.user) }
        if let role, !all.contains(where: { $0.roles.contains(role) }) { return nil }
        let meant = all.filter { user in
            (role.map(user.roles.contains) ?? true) && (cursor.map { user.login > $0 } ?? true)
        }.sorted { $0.login < $1.login }
        let page = Array(meant.prefix(limit))
        return PeoplePage(people: page, next: meant.count > limit ? page.last?.login : nil)
    }
}
