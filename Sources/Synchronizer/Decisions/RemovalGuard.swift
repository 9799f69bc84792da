/// Says which removals are too many to be believed without an administrator. Pure; the store asks it inside the
/// transaction that would remove.
package struct RemovalGuard: Sendable {
    /// Why a removal is held.
    package enum Reason: String, Sendable, Codable, CaseIterable {
        /// More went within the hour than ``HoldLimits`` allow.
        case count
        /// The scope would be empty.
        case everything
        /// One group would lose too many of its members, or is gone itself.
        case group
    }

    /// What is known of a scope before removals.
    package struct Load: Sendable, Equatable {
        /// Living entries, held ones included.
        package var living: Int
        /// Of those, the ones that are held already.
        package var held: Int
        /// Removed within the last hour.
        package var recent: Int

        package init(living: Int, held: Int = 0, recent: Int = 0) {
            self.living = living
            self.held = held
            self.recent = recent
        }
    }

    package let limits: HoldLimits

    package init(_ limits: HoldLimits) { self.limits = limits }

    /// - Parameter count: entries that would go and are not held yet.
    /// - Returns: nil where they may go.
    package func judge(removing count: Int, of load: Load) -> Reason? {
        guard count > 0 else { return nil }
        if limits.holdsEverything, load.living > 0, count + load.held >= load.living { return .everything }
        let before = Double(load.living + load.recent)
        let allowed = max(Double(limits.atLeast), limits.over * before)
        return Double(load.recent + count) > allowed ? .count : nil
    }

    /// - Parameters:
    ///   - count: members that would go and are living entries still.
    ///   - size: members of the group before, held ones included.
    ///   - recent: members that it lost within the last hour.
    /// - Returns: nil where they may go.
    package func judgeGroup(losing count: Int, of size: Int, recent: Int) -> Reason? {
        let before = size + recent
        guard count > 0, before >= HoldLimits.groupSize else { return nil }
        return Double(recent + count) > limits.groupLoss * Double(before) ? .group : nil
    }
}
