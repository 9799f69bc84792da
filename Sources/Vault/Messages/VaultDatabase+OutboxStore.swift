package import Foundation
import GRDB
package import SelfService

extension VaultDatabase: OutboxStore {
    package func look(limit: Int, besides held: Set<Int64>) async throws -> OutboxLook {
        try await decide { transaction in
            let messages = try transaction.dueMessages(limit: limit, besides: held)
            return OutboxLook(messages: messages, next: try transaction.nextDueTime())
        }
    }

    package func finish(_ id: Int64, delivered: Bool, reason: String?) async throws {
        try await decide { try $0.finishMessage(id, delivered: delivered, reason: reason) }
    }

    package func postpone(_ id: Int64, until time: Date) async throws {
        try await decide { transaction in
            try transaction.db.execute(
                cached: "UPDATE message SET attempts = attempts + 1, due_at = ? WHERE id = ?",
                arguments: [Milliseconds(time).count, id]
            )
        }
    }

    package func admit(_ id: Int64, within budgets: DeliveryBudgets) async throws -> BudgetVerdict {
        try await decide { try $0.admit(id, within: budgets) }
    }
}
