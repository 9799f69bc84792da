import Identity
import LDAPClient
package import SelfService

extension LiveDirectory {
    package func write(
        _ password: Password,
        to account: LiveAccount,
        mustChange: Bool
    ) async throws(DirectoryFailure) -> WriteOutcome {
        try await change(account, .password(Array(password.text.utf8), mustChange: mustChange))
    }

    package func unlock(_ account: LiveAccount) async throws(DirectoryFailure) -> WriteOutcome {
        try await change(account, .unlock)
    }

    /// How far a change has come, and by whose word.
    private struct Progress {
        var phase = AccountWriter.Phase.looking
        var server = ""
        var dialect: (any AccountDialect)?
    }

    /// Writes where the server in use is, or where that one says that writes are taken.
    private func change(
        _ account: LiveAccount,
        _ change: AccountChange
    ) async throws(DirectoryFailure) -> WriteOutcome {
        var progress = Progress()
        do throws(LDAPError) {
            return try await service.run(mayRepeat: { progress.phase == .looking }) { connection throws(LDAPError) in
                try await perform(change, of: account, on: connection, &progress)
            }
        } catch {
            if progress.phase == .writing, let other = WriteReferral(error: error, settings: settings).server {
                return try await self.change(account, change, at: other)
            }
            return try outcome(error, progress)
        }
    }

    /// One step only: a server that sends us on once more is not followed.
    private func change(
        _ account: LiveAccount,
        _ change: AccountChange,
        at server: LDAPServer
    ) async throws(DirectoryFailure) -> WriteOutcome {
        var progress = Progress()
        do throws(LDAPError) {
            let connection = try await LDAPConnection.open(server, tls: settings.tls)
            do throws(LDAPError) {
                try await connection.bind(settings.credentials)
                let outcome = try await perform(change, of: account, on: connection, &progress)
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

    private func perform(
        _ change: AccountChange,
        of account: LiveAccount,
        on connection: LDAPConnection,
        _ progress: inout Progress
    ) async throws(LDAPError) -> WriteOutcome {
        let dialect = try await dialects.of(connection)
        progress = Progress(server: connection.server.uri, dialect: dialect)
        let id = account.user.id
        let others = await OtherServers.looking(for: id, beside: connection.server, in: self)
        var writer = AccountWriter(directory: self, connection: connection, dialect: dialect, others: others)
        do throws(LDAPError) {
            let outcome = try await writer.change(id, change)
            await others.close()
            return outcome
        } catch {
            progress.phase = writer.phase
            await others.close()
            throw error
        }
    }

    /// Only what the server answers to the write itself is its refusal.
    private func outcome(_ error: LDAPError, _ progress: Progress) throws(DirectoryFailure) -> WriteOutcome {
        guard error.code != .referral else {
            throw DirectoryFailure(WriteReferral(error: error, settings: settings).explanation)
        }
        if progress.phase == .writing, let reason = progress.dialect?.refusal(error) {
            return WriteOutcome(.refused, reason: reason, server: progress.server)
        }
        throw DirectoryFailure(error, mayHaveWritten: progress.phase != .looking)
    }
}
