/// What texts and calls may cost: whoever can make us send them can make us pay for them, often to numbers of their own.
///
/// These hold when a message is handed over, not when it is asked for: the answer to who asks is the same, and nobody
/// learns from it whether a name exists. A day is any 24 hours.
package struct DeliveryBudgets: Sendable, Equatable {
    /// For numbers that begin in one way.
    package struct Prefix: Sendable, Equatable {
        /// `+` and the first digits of the number (E.164): a country code, or a range within one.
        package var digits: String
        package var allowance: Allowance

        package init(_ digits: String, _ allowance: Allowance) {
            self.digits = digits
            self.allowance = allowance
        }
    }

    package enum Allowance: Sendable, Equatable {
        /// Nothing is sent, and no such number is registered.
        case refused
        case perDay(Int)
        case unlimited
    }

    package var prefixes: [Prefix]
    /// For numbers that begin in no way of ``prefixes``.
    package var otherwise: Allowance
    /// Texts and calls in all.
    package var perDay: Int?
    /// How many more than ``perDay`` there may be, for people who had none that day: a flood of others' messages does
    /// not keep them out.
    package var reserve: Int
    /// Count and tell, and hold nothing back. A refused prefix stays refused.
    package var isDryRun: Bool

    package init(
        prefixes: [Prefix] = [],
        otherwise: Allowance = .unlimited,
        perDay: Int? = nil,
        reserve: Int = 0,
        isDryRun: Bool = false
    ) {
        self.prefixes = prefixes
        self.otherwise = otherwise
        self.perDay = perDay
        self.reserve = reserve
        self.isDryRun = isDryRun
    }

    /// Whether anything is limited at all.
    package var isSet: Bool { !prefixes.isEmpty || otherwise != .unlimited || perDay != nil }

    /// The longest prefix counts.
    /// - Returns: nil as prefix for all that begin in no way of ``prefixes``.
    package func allowance(for number: String) -> (prefix: String?, allowance: Allowance) {
        let matching = prefixes.filter { number.hasPrefix($0.digits) }
        guard let longest = matching.max(by: { $0.digits.count < $1.digits.count }) else { return (nil, otherwise) }
        return (longest.digits, longest.allowance)
    }

    /// - Parameter value: as it is stored.
    /// - Throws: ``ServiceError`` for a number of a country or range to which nothing is sent.
    func check(_ value: String, of kind: MethodKind) throws(ServiceError) {
        guard kind.isPhone, case .refused = allowance(for: PhoneNumber(stored: value).number).allowance else { return }
        throw ServiceError(.invalidValue, "No messages are sent to numbers of this country or range.", field: "number")
    }
}

/// Whether a message goes out.
package enum BudgetVerdict: Sendable, Equatable {
    case admitted
    /// Over a budget that is only tried out.
    case overDryRun(BudgetRefusal)
    case refused(BudgetRefusal)
}

/// What stood in the way. Says nothing about the person.
package struct BudgetRefusal: Sendable, Equatable {
    /// The raw values stand in the audit.
    package enum Reason: String, Sendable {
        case refusedPrefix = "refused-prefix"
        case prefixBudget = "prefix-budget"
        case dayBudget = "day-budget"
    }

    package var reason: Reason
    /// Of the configuration; nil for the rule about all others.
    package var prefix: String?

    package init(_ reason: Reason, prefix: String? = nil) {
        self.reason = reason
        self.prefix = prefix
    }
}
