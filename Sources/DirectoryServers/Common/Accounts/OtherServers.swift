import Identity
import LDAPClient
import SelfService

/// The other servers of the directory, as far as one person's lock goes: it often does not replicate, so each has
/// one of its own.
struct OtherServers {
    private struct Place {
        let connection: LDAPConnection
        let dialect: any AccountDialect
        let entry: LiveEntry
    }

    private let directory: LiveDirectory
    private var places: [Place] = []

    /// For connecting to a server that may be away: nobody waits for it longer than that.
    static let patience = Duration.seconds(3)

    private init(_ directory: LiveDirectory) {
        self.directory = directory
    }

    /// Reads the account on every server but that one. Those that do not answer are left out, and the next who look for
    /// them do not wait for them again.
    static func looking(
        for id: EntryID,
        beside server: LDAPServer,
        in directory: LiveDirectory
    ) async -> OtherServers {
        var others = OtherServers(directory)
        let servers = directory.settings.serverDirectory
        for other in await servers.others(than: server) {
            let begin = ContinuousClock.now
            let connection: LDAPConnection
            do throws(LDAPError) {
                connection = try await others.connect(other)
            } catch {
                await servers.failed(other, error, begun: begin)
                continue
            }
            if let dialect = try? await directory.dialects.of(connection),
                let entry = try? await directory.read(id, withRoles: false, on: connection, as: dialect)
            {
                others.places.append(Place(connection: connection, dialect: dialect, entry: entry))
            } else {
                await connection.close()
            }
        }
        return others
    }

    private func connect(_ server: LDAPServer) async throws(LDAPError) -> LDAPConnection {
        let settings = directory.settings
        let connection = try await LDAPConnection.open(server, tls: settings.tls, deadline: Self.patience)
        do throws(LDAPError) {
            try await connection.bind(settings.credentials, deadline: Self.patience)
            return connection
        } catch {
            await connection.close()
            throw error
        }
    }

    /// A lock that is not its owner's to open, on any of them.
    var obstacle: RefusalReason? { places.lazy.compactMap(\.entry.obstacle).first }

    /// Opens what is still locked.
    /// - Returns: the servers where that did not succeed.
    func unlock() async -> [String] {
        var locked: [String] = []
        for place in places where await !isOpen(place) { locked.append(place.connection.server.uri) }
        return locked
    }

    /// Replication may have opened it already.
    private func isOpen(_ place: Place) async -> Bool {
        guard place.entry.bearsLock else { return true }
        do throws(LDAPError) {
            try await place.dialect.unlock(place.entry, on: place.connection)
        } catch {
            // A server that takes no writes, for example. What counts is what stands there now.
        }
        let id = place.entry.account.user.id
        let after = try? await directory.read(id, withRoles: false, on: place.connection, as: place.dialect)
        return after.map { $0.account.user.account.lock == .unlocked } ?? false
    }

    func close() async {
        for place in places { await place.connection.close() }
    }
}
