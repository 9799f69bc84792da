import Foundation
import Identity

/// A server that pushes its changes is asked for a sign of life seldom, and at once when somebody wants to know how
/// fresh the mirror is. So an idle daemon sleeps, and an answer still says the truth.
extension SyncEngine {
    /// Seconds after which a contact is no answer any more to how fresh the mirror is.
    private static let contactAge = FreshnessRule.staleAfter / 2
    /// A server that lives answers sooner. Nobody waits longer for one that does not.
    private static let contactWait = Duration.milliseconds(500)
    /// Between two questions which groups hold a doubtful name.
    private static let doubtPause = Duration.seconds(1)

    /// Has the server asked, where the last contact is too old, and waits for what comes of it.
    func renewContact() async {
        guard isFollowing, !isUnanswering, let connection, connection.isCaughtUp, description?.isLive == true,
            let currentAt, abs(clock.now.timeIntervalSince(currentAt)) > Self.contactAge
        else { return }
        let contact = contacts.listen(limit: 1)
        feed.askForContact()
        let isHeard = await withTaskGroup(of: Bool.self) { group in
            defer { group.cancelAll() }
            group.addTask {
                for await _ in contact { return true }
                return false
            }
            group.addTask {
                try? await Task.sleep(for: Self.contactWait)
                return false
            }
            return await group.next() ?? false
        }
        // Whoever asks next is told what is known, and does not wait again.
        if !isHeard { isUnanswering = true }
    }

    /// The mirror holds what the directory held then.
    func noteCurrent(_ time: Date?) {
        currentAt = time
        contacts.announce(())
    }

    /// Doubts are resolved with the next contact, which is asked for while there are any.
    func askAgain(_ connection: Connection) {
        guard !connection.doubts.isEmpty, !connection.willAskAgain else { return }
        connection.willAskAgain = true
        Task {
            try? await Task.sleep(for: Self.doubtPause)
            self.connection?.willAskAgain = false
            feed.askForContact()
        }
    }
}
