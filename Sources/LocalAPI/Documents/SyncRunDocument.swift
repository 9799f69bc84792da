/// A sync that was asked for, and how far it is.
package struct SyncRunDocument: Codable, Sendable, Equatable {
    package struct Summary: Codable, Sendable, Equatable {
        package var generation: Int64
        package var added: Int
        package var changed: Int
        package var removed: Int

        package init(generation: Int64, added: Int, changed: Int, removed: Int) {
            self.generation = generation
            self.added = added
            self.changed = changed
            self.removed = removed
        }
    }

    /// What a dry run found, with the distinguished names of the first entries of each kind.
    package struct Difference: Codable, Sendable, Equatable {
        package var added: Int
        package var changed: Int
        package var removed: Int
        package var sampleAdded: [String]
        package var sampleChanged: [String]
        package var sampleRemoved: [String]

        package init(
            added: Int,
            changed: Int,
            removed: Int,
            samples: (added: [String], changed: [String], removed: [String])
        ) {
            self.added = added
            self.changed = changed
            self.removed = removed
            sampleAdded = samples.added
            sampleChanged = samples.changed
            sampleRemoved = samples.removed
        }
    }

    package var id: String
    package var full: Bool
    package var dryRun: Bool
    /// `waiting`, `connecting`, `refreshing`, `committing`, `finished` or `failed`.
    package var phase: String
    /// Entries received so far.
    package var received: Int
    /// A rough idea of how many will come.
    package var expected: Int?
    package var summary: Summary?
    package var difference: Difference?
    package var problem: String?
    /// Grows with each change: pass it as `after` to wait for the next.
    package var revision: Int
    package var ended: Bool

    package init(id: String, full: Bool, dryRun: Bool, phase: String, received: Int, revision: Int, ended: Bool) {
        self.id = id
        self.full = full
        self.dryRun = dryRun
        self.phase = phase
        self.received = received
        self.revision = revision
        self.ended = ended
    }
}
