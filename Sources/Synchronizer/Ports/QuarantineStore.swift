/// The port to the removals that wait, as the mirror keeps them. Callers use ``Quarantine``: a release is the
/// engine's, between two commits of its own.
package protocol QuarantineStore: Sendable {
    /// All batches, the oldest first.
    func heldBatches() async throws -> [HeldBatch]
    /// - Parameter limit: 1…1000.
    /// - Throws: ``QuarantineError``.
    func heldRemovals(in batch: Int64, limit: Int, after cursor: String?) async throws -> Page<HeldRemoval>
    /// Removes what the batch holds, in one commit.
    /// - Throws: ``QuarantineError``, with nothing changed, unless exactly `count` removals wait in it.
    func releaseHeld(_ batch: Int64, confirm count: Int) async throws -> CommitSummary
    /// Forgets the batch: its entries stay.
    /// - Throws: ``QuarantineError``.
    func dropHeld(_ batch: Int64) async throws -> CommitSummary
}

/// The port of administrators to the removals that wait. ``SyncEngine`` serves it.
package protocol Quarantine: Sendable {
    func batches() async throws -> [HeldBatch]
    func show(_ batch: Int64, limit: Int, after cursor: String?) async throws -> (HeldBatch, Page<HeldRemoval>)
    /// Removes what the batch holds and tells whoever wants to know of removals.
    /// - Parameter count: how many removals the administrator has seen.
    func release(_ batch: Int64, confirm count: Int) async throws -> CommitSummary
    /// Forgets the batch and reads the directory again in full: what is still missing there is held anew.
    func refuse(_ batch: Int64) async throws -> SyncRun
}

/// Why a batch cannot be shown, released or refused.
package struct QuarantineError: Error, Sendable, Equatable, CustomStringConvertible {
    package struct Code: Sendable, Hashable, CustomStringConvertible {
        private enum Value: String {
            case notFound, changed, busy, badCursor
        }

        private let value: Value

        /// No such batch waits: released, refused, or its entries are back.
        package static let notFound = Code(value: .notFound)
        /// The batch holds another number of removals than was confirmed.
        package static let changed = Code(value: .changed)
        /// A refresh is being written.
        package static let busy = Code(value: .busy)
        /// The cursor is none that was given out.
        package static let badCursor = Code(value: .badCursor)

        package var description: String { value.rawValue }
    }

    package var code: Code
    /// One sentence: what happened and what to do.
    package var detail: String

    package init(_ code: Code, _ detail: String) {
        self.code = code
        self.detail = detail
    }

    package var description: String { detail }
}
