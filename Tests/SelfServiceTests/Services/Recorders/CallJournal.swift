import Identity
import SelfService
import Synchronization

/// The names of the calls of all ports, in their order.
final class CallJournal: Sendable {
    private let calls = Mutex<[String]>([])

    func note(_ call: String) { calls.withLock { $0.append(call) } }

    /// What was noted since the last time.
    func take() -> [String] {
        calls.withLock { calls in
            defer { calls = [] }
            return calls
        }
    }
}

/// A mirror that notes each question before it is asked.
struct RecordedPeople: PeopleDirectory {
    let people: any PeopleDirectory
    let journal: CallJournal

    func person(login: String) async throws -> User? {
        journal.note("mirror.person(login:)")
        return try await people.person(login: login)
    }

    func person(id: EntryID) async throws -> User? {
        journal.note("mirror.person(id:)")
        return try await people.person(id: id)
    }

    func contactTimes(of id: EntryID) async throws -> ContactTimes? {
        journal.note("mirror.contactTimes")
        return try await people.contactTimes(of: id)
    }

    func people(email: String) async throws -> [User] {
        journal.note("mirror.people(email:)")
        return try await people.people(email: email)
    }

    func people(limit: Int, after cursor: String?) async throws -> (people: [User], next: String?) {
        journal.note("mirror.people(limit:)")
        return try await people.people(limit: limit, after: cursor)
    }

    func mirroredRoles(of id: EntryID) async throws -> MirroredRoles? {
        journal.note("mirror.roles")
        return try await people.mirroredRoles(of: id)
    }

    func people(role: String?, after cursor: String?, limit: Int) async throws -> PeoplePage? {
        journal.note("mirror.people(role:)")
        return try await people.people(role: role, after: cursor, limit: limit)
    }
}

/// A directory that notes each question before it is asked.
struct RecordedDirectory: DirectoryAccounts {
    let directory: any DirectoryAccounts
    let journal: CallJournal

    func verify(_ password: Password, of user: User?) async throws(DirectoryFailure) -> PasswordVerdict {
        journal.note("directory.verify")
        return try await directory.verify(password, of: user)
    }

    func account(_ id: EntryID) async throws(DirectoryFailure) -> LiveAccount? {
        journal.note("directory.account")
        return try await directory.account(id)
    }

    func write(
        _ password: Password,
        to account: LiveAccount,
        mustChange: Bool
    ) async throws(DirectoryFailure) -> WriteOutcome {
        journal.note("directory.write")
        return try await directory.write(password, to: account, mustChange: mustChange)
    }

    func unlock(_ account: LiveAccount) async throws(DirectoryFailure) -> WriteOutcome {
        journal.note("directory.unlock")
        return try await directory.unlock(account)
    }

    func lockoutThreshold() async throws(DirectoryFailure) -> Int? {
        journal.note("directory.lockoutThreshold")
        return try await directory.lockoutThreshold()
    }

    func passwordRules(for account: LiveAccount) async throws(DirectoryFailure) -> DirectoryPasswordRules {
        journal.note("directory.passwordRules")
        return try await directory.passwordRules(for: account)
    }
}
