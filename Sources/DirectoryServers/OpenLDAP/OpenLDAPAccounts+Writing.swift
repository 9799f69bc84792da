import Identity
import LDAPClient
package import SelfService

extension OpenLDAPAccounts {
    package func write(
        _ password: Password,
        to account: LiveAccount
    ) async throws(DirectoryFailure) -> WriteOutcome {
        let secret = Array(password.text.utf8)
        // `pwdChangedTime` has whole seconds; two writes within one differ in their CSN only.
        return try await change(account, isDone: { before, after in before.marker != after.marker }) {
            connection,
            dn throws(LDAPError) in
            switch settings.passwordWrite {
            case .passwordModify: try await connection.modifyPassword(of: dn, to: secret)
            case .modify:
                try await connection.modify(dn, [Modification(.replace, "userPassword", [secret])])
            }
        }
    }

    package func unlock(_ account: LiveAccount) async throws(DirectoryFailure) -> WriteOutcome {
        try await change(account, isDone: { _, after in after.user.account.lock == .unlocked }) {
            connection,
            dn throws(LDAPError) in
            // With no value: no error where it is absent, and the right to delete is enough.
            try await connection.modify(dn, [Modification(.replace, OpenLDAPAttributes.lockedTime)])
        }
    }

    private enum Phase { case looking, writing, proving }

    /// Looks, writes, and looks again, all on one connection, so that it is one server's word.
    private func change(
        _ account: LiveAccount,
        isDone: @Sendable (LiveAccount, LiveAccount) -> Bool,
        _ operation: (LDAPConnection, DistinguishedName) async throws(LDAPError) -> Void
    ) async throws(DirectoryFailure) -> WriteOutcome {
        var phase = Phase.looking
        var server = ""
        do throws(LDAPError) {
            return try await service.run(mayRepeat: { phase == .looking }) { connection throws(LDAPError) in
                server = connection.server.uri
                guard let before = try await read(account.user.id, on: connection) else {
                    return WriteOutcome(.refused, reason: .accountGone, server: server)
                }
                // slapd clears an administrator's lock with any password write.
                guard before.user.account.lock != .administrator else {
                    return WriteOutcome(.refused, reason: .administratorLock, server: server)
                }
                let dn = try DistinguishedName(before.user.dn)
                phase = .writing
                try await operation(connection, dn)
                phase = .proving
                return Self.proof(
                    before: before,
                    after: try await read(account.user.id, on: connection),
                    isDone: isDone,
                    server: server
                )
            }
        } catch {
            // Only what the server answers to the write itself is its refusal.
            if phase == .writing, let reason = OpenLDAPRefusal.reason(error) {
                return WriteOutcome(.refused, reason: reason, server: server)
            }
            throw DirectoryFailure(error, mayHaveWritten: phase != .looking)
        }
    }

    private static func proof(
        before: LiveAccount,
        after: LiveAccount?,
        isDone: (LiveAccount, LiveAccount) -> Bool,
        server: String
    ) -> WriteOutcome {
        guard let after, isDone(before, after) else { return WriteOutcome(.unknown, server: server) }
        return WriteOutcome(.applied, unlocked: after.user.account.lock == .unlocked, server: server)
    }
}
