import Audit
import Crypto
import Foundation

/// Every key of one vault, opened. On disk each is wrapped by the configured key, so that changing that key changes
/// a handful of rows and no record.
struct Keyring: Sendable {
    let root: VaultKeys
    /// The one that writes, and those of which something is left.
    let generations: [KeyGeneration]
    let audit: AuditKeys

    /// - Throws: ``VaultError`` when a part is missing: somebody took rows away.
    init(_ rows: [OpenedKey], path: String) throws {
        let generations = rows.filter { $0.use == .generation }.sorted { ($0.position, $0.id) > ($1.position, $1.id) }
        let epochs = rows.filter { $0.use == .audit }.sorted { $0.position < $1.position }
        guard let root = rows.first(where: { $0.use == .root }), !generations.isEmpty, !epochs.isEmpty else {
            throw VaultError(
                .damaged,
                at: path,
                detail: "has lost keys of its own; stop the daemon and restore a backup"
            )
        }
        self.root = VaultKeys(root: root.material)
        self.generations = generations.map { KeyGeneration(master: $0.material, isCovering: $0.isCovering) }
        audit = AuditKeys(epochs: epochs.map { .init(first: $0.first, chain: AuditChain(key: $0.material)) })
    }

    var current: KeyGeneration { generations[0] }
}

/// The keys of the audit's chain: each links the records from its first one on.
struct AuditKeys: Sendable {
    struct Epoch: Sendable {
        /// The sequence number of the first record.
        var first: Int64
        var chain: AuditChain
    }

    /// In order; never empty.
    let epochs: [Epoch]

    func chain(at sequence: Int64) -> AuditChain {
        (epochs.last { $0.first <= sequence } ?? epochs[0]).chain
    }
}
