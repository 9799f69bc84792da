package import Foundation

/// The port to undelivered messages. They are written in the transaction of the decision that sends them.
package protocol OutboxStore: Sendable {
    /// Messages that are due, oldest first.
    func dueMessages(limit: Int) async throws -> [QueuedMessage]
    /// Deletes a message that was handed over, or given up.
    func finish(_ id: Int64, delivered: Bool, reason: String?) async throws
    /// Keeps a message for a later attempt.
    func postpone(_ id: Int64, until time: Date) async throws
    /// When the next message falls due, or nil while there is none.
    func nextDueTime() async throws -> Date?
}

package struct QueuedMessage: Sendable {
    package var id: Int64
    package var message: OutgoingMessage
    /// After this nobody waits for it any more.
    package var deadline: Date
    /// Attempts so far.
    package var attempts: Int

    package init(id: Int64, message: OutgoingMessage, deadline: Date, attempts: Int) {
        self.id = id
        self.message = message
        self.deadline = deadline
        self.attempts = attempts
    }
}
