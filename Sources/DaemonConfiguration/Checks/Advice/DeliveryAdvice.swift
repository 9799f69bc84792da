import SelfService

/// What messages may cost.
struct DeliveryAdvice {
    let delivery: Value?

    func run(_ transports: [Channel: Settings.Transport], _ budgets: DeliveryBudgets) {
        guard !budgets.isSet else { return }
        for channel in [Channel.text, .voice] {
            guard let transport = transports[channel], transport.mayCost else { continue }
            delivery?.member(channel.rawValue)?.warn(
                "texts and calls have no budget: a flood of requests is a bill, often for numbers of the flooder's own; "
                    + "set limits.global: { textsAndCallsPerDay: … } and limits.prefixes"
            )
            return
        }
    }
}

extension Settings.Transport {
    /// Whether somebody may be paid for what it carries.
    fileprivate var mayCost: Bool {
        if case .spool = self { false } else { true }
    }
}
