package import SelfService

/// What a configuration says of delivery.
package struct DeliveryWays: Sendable {
    package var transport: any MessageTransport
    /// Asked before the first attempt of each message.
    package var budgets: DeliveryBudgets
    /// The message in the language of who reads it.
    package var words: @Sendable (QueuedMessage) async -> OutgoingMessage

    package init(
        transport: any MessageTransport,
        budgets: DeliveryBudgets,
        words: @escaping @Sendable (QueuedMessage) async -> OutgoingMessage
    ) {
        self.transport = transport
        self.budgets = budgets
        self.words = words
    }
}
