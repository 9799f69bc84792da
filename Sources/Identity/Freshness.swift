package import Foundation

/// How current an answer from the mirror is. Every answer carries one.
package struct Freshness: Sendable, Equatable {
    package enum State: String, Sendable, Codable, CaseIterable {
        /// Changes arrive as they happen.
        case live
        /// Changes are asked for at intervals.
        case polling
        /// The last successful contact is over three seconds old, or the connection is broken.
        case stale
    }

    /// The time of the last successful contact with the directory.
    package var asOf: Date
    /// Grows by one with each commit of the mirror that changed something.
    package var generation: Int64
    package var state: State

    package init(asOf: Date, generation: Int64, state: State) {
        self.asOf = asOf
        self.generation = generation
        self.state = state
    }
}
