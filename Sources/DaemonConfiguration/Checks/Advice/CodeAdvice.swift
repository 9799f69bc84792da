import Foundation
import SelfService

/// How long codes live.
struct CodeAdvice {
    /// In seconds: for what is sent by text or call.
    private static let lifetimeAdvised: TimeInterval = 600

    let place: Value

    func run(_ lifetimes: Lifetimes, _ policies: [Policy]) {
        let isSpoken = policies.contains { $0.methods.contains { $0.kind.isPhone || $0.kind == .appNotification } }
        guard lifetimes.code > Self.lifetimeAdvised, isSpoken else { return }
        place.warn(
            "codes by text, call or app that live for more than 10 minutes",
            .longCodes,
            do: "set sessions.code: 10m or less"
        )
    }
}
