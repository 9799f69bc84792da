import Identity
import LDAPClient
import SelfService

/// What is to be done to an account. Does not show the password.
enum AccountChange: Sendable, CustomStringConvertible {
    case password([UInt8], mustChange: Bool)
    case unlock

    var description: String {
        switch self {
        case .password: "password"
        case .unlock: "unlock"
        }
    }
}

/// One change on one connection: looks, writes, and looks again, so that it is one server's word.
struct AccountWriter {
    let directory: LiveDirectory
    let connection: LDAPConnection
    let dialect: any AccountDialect
    /// Servers at which an administrator's lock, or another, was looked for as well.
    var others: OtherServers

    enum Phase { case looking, writing, proving }
    private(set) var phase = Phase.looking

    private var server: String { connection.server.uri }

    mutating func change(_ id: EntryID, _ change: AccountChange) async throws(LDAPError) -> WriteOutcome {
        guard let before = try await read(id) else { return refused(.accountGone) }
        // Some servers clear an administrator's lock with any password write. It must not be opened anywhere.
        if let reason = before.obstacle ?? others.obstacle { return refused(reason) }
        switch change {
        case .password(let secret, let mustChange):
            phase = .writing
            try await dialect.write(secret, to: before, on: connection)
            phase = .proving
            guard let after = try await read(id), after.account.marker != before.account.marker else {
                return WriteOutcome(.unknown, server: server)
            }
            return await finish(after, mustChange: mustChange)
        case .unlock:
            phase = .writing
            if before.bearsLock { try await dialect.unlock(before, on: connection) }
            phase = .proving
            guard let after = try await read(id), after.account.user.account.lock == .unlocked else {
                return WriteOutcome(.unknown, server: server)
            }
            return await conclude(isUnlocked: true, mustChange: after.account.mustChange)
        }
    }

    /// The password stands. What comes now can fail without changing that.
    private func finish(_ written: LiveEntry, mustChange: Bool) async -> WriteOutcome {
        let isToBeMarked = written.account.mustChange != mustChange
        if written.bearsLock { try? await dialect.unlock(written, on: connection) }
        if isToBeMarked { try? await dialect.requireChange(mustChange, of: written, on: connection) }
        var after = written
        if written.bearsLock || isToBeMarked { after = (try? await read(written.account.user.id)) ?? written }
        let isUnlocked = after.account.user.account.lock == .unlocked
        var outcome = await conclude(isUnlocked: isUnlocked, mustChange: after.account.mustChange)
        outcome.after = after.account.marker
        return outcome
    }

    private func conclude(isUnlocked: Bool, mustChange: Bool) async -> WriteOutcome {
        let locked = await others.unlock()
        var outcome = WriteOutcome(.applied, unlocked: isUnlocked && locked.isEmpty, server: server)
        outcome.notEnforced = dialect.notEnforced
        outcome.mustChange = mustChange
        outcome.lockedOn = (isUnlocked ? [] : [server]) + locked
        return outcome
    }

    /// Without roles: whoever let the person through has read those.
    private func read(_ id: EntryID) async throws(LDAPError) -> LiveEntry? {
        try await directory.read(id, withRoles: false, on: connection, as: dialect)
    }

    private func refused(_ reason: RefusalReason) -> WriteOutcome {
        WriteOutcome(.refused, reason: reason, server: server)
    }
}

extension LiveEntry {
    /// A lock that is not its owner's to open.
    var obstacle: RefusalReason? {
        switch account.user.account.lock {
        case .administrator: .administratorLock
        case .inactivity: .accountIdle
        case .unlocked, .failedAttempts: nil
        }
    }
}
