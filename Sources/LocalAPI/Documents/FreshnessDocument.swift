package import Foundation
package import Identity

/// How current an answer is. Every answer from the mirror carries one.
package struct FreshnessDocument: Codable, Sendable, Equatable {
    package var asOf: Date
    package var generation: Int64
    /// `live`, `polling` or `stale`.
    package var state: String

    package init(_ freshness: Freshness) {
        asOf = freshness.asOf
        generation = freshness.generation
        state = freshness.state.rawValue
    }
}
