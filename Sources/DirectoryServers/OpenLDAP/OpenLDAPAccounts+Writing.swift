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

    private typealias Operation = (LDAPConnection, DistinguishedName) async throws(LDAPError) -> Void
    private typealias Proof = @Sendable (LiveAccount, LiveAccount) -> Bool

    private struct Progress {
        enum Phase { case looking, writing, proving }
        var phase = Phase.looking
        var server = ""
    }

    /// Writes where the server in use is, or where that one says that writes are taken.
    private func change(
        _ account: LiveAccount,
        isDone: Proof,
        _ operation: Operation
    ) async throws(DirectoryFailure) -> WriteOutcome {
        var progress = Progress()
        do throws(LDAPError) {
            return try await service.run(mayRepeat: { progress.phase == .looking }) { connection throws(LDAPError) in
                try await change(account, on: connection, &progress, isDone: isDone, operation)
            }
        } catch {
            if progress.phase == .writing, let other = WriteReferral(error: error, settings: settings).server {
                return try await change(account, at: other, isDone: isDone, operation)
            }
            return try outcome(error, progress)
        }
    }

    /// One step only: a server that sends us on once more is not followed.
    private func change(
        _ account: LiveAccount,
        at server: LDAPServer,
        isDone: Proof,
        _ operation: Operation
    ) async throws(DirectoryFailure) -> WriteOutcome {
        var progress = Progress()
        do throws(LDAPError) {
            let connection = try await LDAPConnection.open(server, tls: settings.tls)
            do throws(LDAPError) {
                try await connection.bind(settings.credentials)
                let outcome = try await change(account, on: connection, &progress, isDone: isDone, operation)
                await connection.close()
                return outcome
            } catch {
                await connection.close()
                throw error
            }
        } catch {
            return try outcome(error, progress)
        }
    }

    /// Looks, writes, and looks again, all on one connection, so that it is one server's word.
    private func change(
        _ account: LiveAccount,
        on connection: LDAPConnection,
        _ progress: inout Progress,
        isDone: Proof,
        _ operation: Operation
    ) async throws(LDAPError) -> WriteOutcome {
        progress.server = connection.server.uri
        guard let before = try await read(account.user.id, on: connection) else {
            return WriteOutcome(.refused, reason: .accountGone, server: progress.server)
        }
        // slapd clears an administrator's lock with any password write.
        guard before.user.account.lock != .administrator else {
            return WriteOutcome(.refused, reason: .administratorLock, server: progress.server)
        }
        let dn = try DistinguishedName(before.user.dn)
        progress.phase = .writing
        try await operation(connection, dn)
        progress.phase = .proving
        let after = try await read(account.user.id, on: connection)
        return Self.proof(before: before, after: after, isDone: isDone, server: progress.server)
    }

    /// Only what the server answers to the write itself is its refusal.
    private func outcome(_ error: LDAPError, _ progress: Progress) throws(DirectoryFailure) -> WriteOutcome {
        guard error.code != .referral else {
            throw DirectoryFailure(WriteReferral(error: error, settings: settings).explanation)
        }
        if progress.phase == .writing, let reason = OpenLDAPRefusal.reason(error) {
            return WriteOutcome(.refused, reason: reason, server: progress.server)
        }
        throw DirectoryFailure(error, mayHaveWritten: progress.phase != .looking)
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
