package import Foundation
package import Identity
package import SelfService
package import Synchronizer

/// What becomes of people whose entries are gone: disabled at once, purged after a time, revived when the same id is
/// back before that.
///
/// The hooks of the sync tell of both at once. A crash may lose a call, so that each sweep compares first. The vault
/// goes before the mirror: wherever a sweep ends, the next one goes on.
package struct Retention: Sendable {
    private let mirror: any DeletedPeople
    private let vault: any RegistrationStore & RetentionStore
    private let clock: any WallClock
    private let purgeAfter: TimeInterval

    /// People in one transaction.
    static let batch = 100

    /// - Parameter purgeAfter: seconds.
    package init(
        mirror: any DeletedPeople,
        vault: any RegistrationStore & RetentionStore,
        clock: any WallClock,
        purgeAfter: TimeInterval
    ) {
        self.mirror = mirror
        self.vault = vault
        self.clock = clock
        self.purgeAfter = purgeAfter
    }

    /// - Returns: how many registrations were purged, and how many people the mirror forgot.
    @discardableResult
    package func sweep() async throws -> (registrations: Int, people: Int) {
        try await disableTheDeleted()
        try await reviveTheLiving()
        let time = clock.now.addingTimeInterval(-purgeAfter)
        let registrations = try await all { try await vault.purge(disabledBefore: time, limit: Self.batch) }
        let people = try await all { try await mirror.forget(deletedBefore: time, limit: Self.batch) }
        return (registrations, people)
    }

    private func disableTheDeleted() async throws {
        var last: EntryID?
        repeat {
            let people = try await mirror.deletedPeople(limit: Self.batch, after: last)
            try await vault.disable(people)
            last = people.count < Self.batch ? nil : people.last
        } while last != nil
    }

    private func reviveTheLiving() async throws {
        var last: EntryID?
        repeat {
            let people = try await vault.disabledPeople(limit: Self.batch, after: last)
            try await vault.revive(Array(try await mirror.living(among: people)))
            last = people.count < Self.batch ? nil : people.last
        } while last != nil
    }

    private func all(_ part: () async throws -> Int) async throws -> Int {
        var sum = 0
        while true {
            let count = try await part()
            sum += count
            if count < Self.batch { return sum }
            try Task.checkCancellation()
        }
    }
}
