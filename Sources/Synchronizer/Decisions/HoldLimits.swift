/// From where on removals wait for an administrator (`sync.holdRemovals`).
package struct HoldLimits: Sendable, Equatable {
    /// A share of the entries of a scope, 0 to 1.
    package var over: Double
    /// Entries; the larger of this and ``over`` holds.
    package var atLeast: Int
    /// A share of the members of one group, 0 to 1.
    package var groupLoss: Double
    /// Whether what would leave a scope empty is held.
    package var holdsEverything = true

    /// A smaller group may lose whom it wants.
    package static let groupSize = 20
    /// Removals are counted over the last hour, in seconds.
    package static let window: Double = 3600

    package init(over: Double = 0.05, atLeast: Int = 50, groupLoss: Double = 0.5) {
        self.over = over
        self.atLeast = atLeast
        self.groupLoss = groupLoss
    }

    /// Nothing is held: for tests of other things, and for measurements.
    package static var unlimited: HoldLimits {
        var limits = HoldLimits(over: 1, atLeast: .max, groupLoss: 1)
        limits.holdsEverything = false
        return limits
    }
}
