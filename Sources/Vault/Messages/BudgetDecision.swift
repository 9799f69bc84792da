import Foundation
import GRDB
import SelfService

extension VaultTransaction {
    /// Counts first, in the commit that lets the message out: who is killed in between has lost one of the budget, and
    /// sent nothing that was not counted.
    func admit(_ id: Int64, within budgets: DeliveryBudgets) throws -> BudgetVerdict {
        try enliven(linkOf: id)
        guard
            let row = try Row.fetchOne(db, cached: "SELECT * FROM message WHERE id = ?", arguments: [id]),
            let message = try? open(row), message.message.costs
        else { return .admitted }
        let (prefix, allowance) = budgets.allowance(for: message.message.to)
        if case .refused = allowance { return .refused(BudgetRefusal(.refusedPrefix, prefix: prefix)) }
        let spending = Spending(prefix: prefix, allowance: allowance, subject: row["subject"])
        // What somebody must be told is not for an attacker to use up: it is counted only.
        let isNotice = (row["challenge"] as String).isEmpty
        let refusal = isNotice ? nil : try refusal(of: spending, budgets)
        if let refusal, !budgets.isDryRun { return .refused(refusal) }
        for counter in counters(of: spending) { try count(counter) }
        return refusal.map { .overDryRun($0) } ?? .admitted
    }

    private struct Spending {
        var prefix: String?
        var allowance: DeliveryBudgets.Allowance
        /// The person's index.
        var subject: Data
    }

    private func refusal(of spending: Spending, _ budgets: DeliveryBudgets) throws -> BudgetRefusal? {
        let (byPrefix, all, own) = (prefixCounter(spending), dayCounter, personCounter(spending))
        if case .perDay(let limit) = spending.allowance, try wait(byPrefix, limit: limit) != nil {
            return BudgetRefusal(.prefixBudget, prefix: spending.prefix)
        }
        guard let limit = budgets.perDay else { return nil }
        let isFirst = try time(own, back: 0) == nil
        guard try wait(all, limit: isFirst ? limit + budgets.reserve : limit) != nil else { return nil }
        return BudgetRefusal(.dayBudget)
    }

    private func counters(of spending: Spending) -> [Counter] {
        [prefixCounter(spending), dayCounter, personCounter(spending)]
    }

    private func prefixCounter(_ spending: Spending) -> Counter {
        Counter(sort: .costs, key: secrets.index.budget("prefix \(spending.prefix ?? "")"), window: Self.day)
    }

    private var dayCounter: Counter { Counter(sort: .costs, key: secrets.index.budget("all"), window: Self.day) }

    private func personCounter(_ spending: Spending) -> Counter {
        Counter(sort: .costs, key: spending.subject, window: Self.day)
    }

    /// Seconds.
    static var day: TimeInterval { 86400 }
}

extension OutgoingMessage {
    /// Whether somebody is paid for carrying it.
    fileprivate var costs: Bool { !isDecoy && (channel == .text || channel == .voice) }
}
