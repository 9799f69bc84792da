import Synchronizer

/// How a right stands on one account.
enum AccessStanding: Sendable, Equatable {
    case granted
    case missing
    /// Enough to do it, and not all that it should have.
    case partly(String)
    /// The server said something else, in these words.
    case unknown(String)
}

/// How a right stands on all accounts that were tried.
struct TriedRight: Sendable {
    let check: Check
    /// As it follows "the service account may" and "may not".
    let action: String
    /// Of its absence.
    let consequence: String
    /// What it is where the right is missing.
    var severity = Finding.Verdict.failure
    var remedy: String
    var pastes: [Finding.Paste]

    func finding(_ standings: [AccessStanding], _ server: ExaminedServer) -> Finding {
        let missing = standings.count { $0 == .missing }
        if missing > 0 {
            let share = missing == standings.count ? "" : " (\(missing) of the \(standings.count) that were tried)"
            return server.finding(
                check,
                severity,
                "the service account may not \(action)\(share): \(consequence)",
                remedy: remedy,
                pastes
            )
        }
        for standing in standings {
            if case .unknown(let text) = standing {
                let reason = "it cannot be told whether the service account may \(action): \(text)"
                return server.finding(check, .warning, reason, remedy: "Try it with an account that nobody uses.")
            }
        }
        for standing in standings {
            if case .partly(let text) = standing {
                return server.finding(check, .warning, text, remedy: remedy, pastes)
            }
        }
        let tried = "tried on \(standings.count) without changing anything"
        return server.finding(check, .fine, "the service account may \(action) (\(tried))")
    }
}
