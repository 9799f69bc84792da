package import Foundation
package import Identity

/// The port to undelivered messages. They are written in the transaction of the decision that sends them.
package protocol OutboxStore: Sendable {
    /// What is to be handed over now, and when to look again.
    /// - Parameter held: messages that are not to be told again; they are not even opened.
    func look(limit: Int, besides held: Set<Int64>) async throws -> OutboxLook
    /// Deletes a message that was handed over, or given up.
    func finish(_ id: Int64, delivered: Bool, reason: String?) async throws
    /// Keeps a message for a later attempt.
    func postpone(_ id: Int64, until time: Date) async throws
    /// May a message go out under the budgets? If so it is counted, in the same decision. Once for each message,
    /// before its first attempt; a decoy's and a mail cost nothing.
    func admit(_ id: Int64, within budgets: DeliveryBudgets) async throws -> BudgetVerdict
}

package struct OutboxLook: Sendable {
    /// Those that are due, oldest first.
    package var messages: [QueuedMessage]
    /// When the next message falls due, or fell due; nil while there is none. Those that are held count.
    package var next: Date?

    package init(messages: [QueuedMessage], next: Date?) {
        self.messages = messages
        self.next = next
    }
}

extension OutboxStore {
    package func dueMessages(limit: Int) async throws -> [QueuedMessage] {
        try await look(limit: limit, besides: []).messages
    }

    package func nextDueTime() async throws -> Date? { try await look(limit: 1, besides: []).next }
}

package struct QueuedMessage: Sendable {
    package var id: Int64
    /// Unique for ever, and not to be guessed.
    package var reference: String
    /// The person, or the decoy's id.
    package var subject: EntryID
    package var message: OutgoingMessage
    /// After this nobody waits for it any more.
    package var deadline: Date
    /// Attempts so far.
    package var attempts: Int

    package init(
        id: Int64,
        reference: String,
        subject: EntryID,
        message: OutgoingMessage,
        deadline: Date,
        attempts: Int
    ) {
        self.id = id
        self.reference = reference
        self.subject = subject
        self.message = message
        self.deadline = deadline
        self.attempts = attempts
    }
}
