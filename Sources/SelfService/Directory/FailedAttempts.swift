package import Foundation

/// What the directory remembers of wrong passwords since the last right one.
package struct FailedAttempts: Sendable, Equatable {
    /// Of those whose time the server keeps, oldest first: all of them on OpenLDAP, the last one on Active Directory.
    package var times: [Date]
    /// How many there were, as far as the server counts.
    package var count: Int

    package init(times: [Date] = [], count: Int? = nil) {
        self.times = times.sorted()
        self.count = max(count ?? times.count, 0)
    }
}
