import DirectoryServers
import Identity
import Synchronization
import Synchronizer

/// The directory that is followed and written, as the configuration in force has it.
final class DirectoryInForce: Sendable {
    /// For the services.
    let accounts: ReplaceableDirectory
    private let engine: SyncEngine
    private let lockout: LockoutWatch
    private let clock: any WallClock
    private let state: Mutex<DirectorySettings>

    init(
        _ settings: DirectorySettings,
        _ accounts: ReplaceableDirectory,
        _ engine: SyncEngine,
        _ lockout: LockoutWatch,
        clock: any WallClock
    ) {
        state = Mutex(settings)
        self.accounts = accounts
        self.engine = engine
        self.lockout = lockout
        self.clock = clock
    }

    var settings: DirectorySettings { state.withLock { $0 } }

    /// Requests that come from now on use other connections, and the mirror follows over another one. What the former
    /// directory said of failed sign-ins counts no more: one is allowed until this one has said its number.
    func replace(_ settings: DirectorySettings) async {
        state.withLock { $0 = settings }
        let directory = LiveDirectory(settings: settings, clock: clock)
        await accounts.replace(directory)
        lockout.startOver()
        await engine.follow(
            DirectoryFeed(settings: settings, clock: clock),
            probe: OpenLDAPMembershipProbe(directory)
        )
    }
}
