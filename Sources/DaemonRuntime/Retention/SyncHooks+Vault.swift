import Logging
import SelfService
import Synchronizer

extension SyncHooks {
    /// Disables the registrations of people who are gone, and revives those of people who are back. What fails here
    /// the next sweep of ``Retention`` does.
    init(_ vault: any RegistrationStore & RetentionStore, logger: Logger) {
        self.init(
            onRemoved: { people in
                do { try await vault.disable(people) } catch {
                    logger.error("registrations of removed people are not disabled", metadata: ["error": "\(error)"])
                }
            },
            onReturned: { people in
                do { try await vault.revive(people) } catch {
                    logger.error("registrations of returned people are not revived", metadata: ["error": "\(error)"])
                }
            }
        )
    }
}
