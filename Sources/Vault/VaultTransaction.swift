import GRDB
import SelfService

/// What a decision has in its hands while it is made: the open transaction, the time at which it is made, and
/// the keys. The folders extend it, each with the rows of its own story.
struct VaultTransaction {
    let db: Database
    let now: Milliseconds
    let secrets: VaultSecrets
    /// How links in notices are made; nil: notices have none.
    var links: LinkRules?
}
