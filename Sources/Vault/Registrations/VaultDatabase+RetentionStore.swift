package import Foundation
package import Identity
import SelfService

extension VaultDatabase: RetentionStore {
    package func revive(_ people: [EntryID]) async throws {
        for start in stride(from: 0, to: people.count, by: Self.disableBatch) {
            let batch = people[start..<min(start + Self.disableBatch, people.count)]
            try await decide { transaction in
                for person in batch { try transaction.revive(person) }
            }
        }
    }

    package func disabledPeople(limit: Int, after: EntryID?) async throws -> [EntryID] {
        try await decide { try $0.disabledPeople(limit: limit, after: after) }
    }

    package func purge(disabledBefore time: Date, limit: Int) async throws -> Int {
        try await decide { transaction in
            let people = try transaction.people(disabledBefore: Milliseconds(time), limit: limit)
            for person in people { try transaction.purge(person) }
            return people.count
        }
    }
}
