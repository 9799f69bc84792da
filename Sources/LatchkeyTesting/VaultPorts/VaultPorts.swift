package import Audit
package import SelfService

/// All ports of the private store, as one implementation has them.
package typealias VaultPorts = RegistrationStore & RetentionStore & SessionStore & WriteBackStore & OutboxStore
    & AuditLog & FreezeStore & KeyRotation & PersonalData & AdministrationStore & ApprovalStore
    & LinkStore & LimitStore & WriteWatchStore

/// Makes an empty store that takes its time from the clock.
package typealias VaultFactory = @Sendable (ManualClock) async throws -> any VaultPorts
