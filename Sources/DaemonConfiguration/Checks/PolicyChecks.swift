import SelfService

/// What several policies, or a policy and the delivery, tell together.
struct PolicyChecks {
    let policies: [PolicySection.Located]
    /// The section in the file; nil: there is none.
    let delivery: Value?

    func run(_ transports: [Channel: Settings.Transport]) {
        var seen: Set<String> = []
        for located in policies {
            if !seen.insert(located.policy.name).inserted {
                located.value.fault(
                    "a policy named \(Quotation.of(located.policy.name)) stands above already; rename one"
                )
            }
            tellUndelivered(located, transports)
        }
    }

    private func tellUndelivered(_ located: PolicySection.Located, _ transports: [Channel: Settings.Transport]) {
        for method in located.policy.methods where transports[method.kind.channel] == nil {
            let channel = method.kind.channel.rawValue
            // A section that is there but wrong has told its own fault.
            if delivery?.holds(channel) == true { continue }
            located.value.fault(
                "\(method.kind.rawValue) needs delivery.\(channel), which is missing; add it or the method goes"
            )
        }
    }
}
