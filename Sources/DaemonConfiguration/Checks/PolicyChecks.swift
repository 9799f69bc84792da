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
        for method in located.policy.methods {
            let channels = method.kind.channels(via: method.via)
            let missing = channels.filter { transports[$0] == nil && !isWrong($0) }
            // Of ways that the file does not name, one is enough.
            guard located.narrowed.contains(method.kind) || missing.count == channels.count else { continue }
            for channel in missing {
                located.value.fault(
                    "\(method.kind.rawValue) needs delivery.\(channel.rawValue), which is missing; "
                        + "add it or the method goes"
                )
            }
        }
    }

    /// A section that is there but wrong has told its own fault.
    private func isWrong(_ channel: Channel) -> Bool { delivery?.holds(channel.rawValue) == true }
}

extension Policy {
    /// With the ways that can be gone: others were not written down, or told as faults.
    func reachable(by transports: [Channel: Settings.Transport]) -> Policy {
        var policy = self
        policy.methods = methods.map { method in
            guard !method.kind.via.isEmpty else { return method }
            let via = method.via.filter { way in
                method.kind.channels(via: [way]).allSatisfy { transports[$0] != nil }
            }
            return via.isEmpty ? method : AllowedMethod(method.kind, via: via)
        }
        return policy
    }
}
