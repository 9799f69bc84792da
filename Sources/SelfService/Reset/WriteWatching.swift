import Foundation
import Identity
import Logging

/// Looks again at passwords that were written.
package struct WriteWatching: Sendable {
    private let environment: ServiceEnvironment

    /// Of one round.
    private static let batch = 100

    package init(environment: ServiceEnvironment) {
        self.environment = environment
    }

    /// Looks at all that are due. A directory that does not answer leaves them as they are.
    package func look() async throws(ServiceError) {
        for watch in try await environment.vault({ try await $0.dueWatches(limit: Self.batch) }) {
            let account = try await environment.live { directory throws(DirectoryFailure) in
                try await directory.account(watch.person)
            }
            // Who is gone has no password that could be the wrong one.
            let finding = account.map { watch.finding($0.marker) } ?? .replaced
            try await environment.vault { try await $0.settle(watch, finding) }
            guard finding == .reverted else { continue }
            environment.logger.error(
                "a written password is undone by the directory; see that its servers agree, and have a new one chosen",
                metadata: ["person": "\(watch.person)", "intent": "\(watch.intentID)"]
            )
            environment.wakeCourier()
        }
    }
}
